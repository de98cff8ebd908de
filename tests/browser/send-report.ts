import type { BrowserReport } from "./report-of-chromium.ts";

/** Computes here, then waits for what a worker has computed, and sends both to the test, which serves this page. */
export async function sendReport<Result>({
  worker,
  exercise,
}: {
  readonly worker: Worker;
  readonly exercise: () => Promise<Result>;
}): Promise<void> {
  const inWorker = new Promise<Result>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data as Result);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  const settled = await Promise.allSettled([exercise(), inWorker]);
  const [page, fromWorker] = settled.map((each) =>
    each.status === "fulfilled" ? { result: each.value } : { error: String((each.reason as Error).stack) },
  );
  const report = { agent: navigator.userAgent, page, worker: fromWorker } as BrowserReport<Result>;
  await fetch("report", { method: "POST", body: JSON.stringify(report) });
}
