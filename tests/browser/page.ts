import { exercise } from "./exercise.ts";
import type { BrowserReport } from "./report-of-chromium.ts";

/** Computes here and in a worker, and sends both to the test, which serves this page. */
const worker = new Worker("worker.js", { type: "module" });
const report: BrowserReport = {
  agent: navigator.userAgent,
  page: { computed: await exercise(), hasDocument: "document" in globalThis },
  worker: await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  }),
};
await fetch("report", { method: "POST", body: JSON.stringify(report) });
