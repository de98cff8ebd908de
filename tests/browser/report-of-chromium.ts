import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What a page or a worker has computed, or why it has not. */
interface Outcome<Result> {
  readonly result?: Result;
  readonly error?: string;
}

/** What the page sends. */
export interface BrowserReport<Result> {
  readonly agent: string;
  readonly page: Outcome<Result>;
  readonly worker: Outcome<Result>;
}

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript" } as const;
/** What makes a page cross-origin isolated, which browsers ask for before memory may be shared. */
const ISOLATION = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/**
 * Serves the files of a folder, opens its `index.html` in Chromium, and waits for what the page sends to `report`.
 *
 * @param chromium the path of the program.
 * @throws what Chromium has printed, when it ends or says nothing for `timeoutMs`.
 */
export async function reportOfChromium<Result>(
  chromium: string,
  options: { readonly folder: string; readonly timeoutMs: number; readonly isIsolated: boolean },
): Promise<BrowserReport<Result>> {
  const { folder, timeoutMs, isIsolated } = options;
  const profile = mkdtempSync(join(tmpdir(), "rnnkit-chromium-"));
  let receive: (body: string) => void;
  const received = new Promise<string>((resolve) => (receive = resolve));
  const server = createServer((request, response) => {
    if (request.method === "POST") void text(request).then(receive);
    const path = request.url === "/" ? "/index.html" : (request.url ?? "");
    const type = TYPES[path.split(".").at(-1) as keyof typeof TYPES];
    const isThere = type !== undefined && existsSync(join(folder, path));
    const headers = { ...(isIsolated && ISOLATION), ...(isThere && { "content-type": type }) };
    response.writeHead(isThere ? 200 : 404, headers).end(isThere ? readFileSync(join(folder, path)) : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // Root, as whom containers run, may not use the sandbox; their /dev/shm is small.
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
  const browser = spawn(chromium, [...flags, `--user-data-dir=${profile}`, `http://127.0.0.1:${port}/`]);
  const ended = new Promise<void>((resolve) => browser.once("close", () => resolve()));
  let printed = "";
  browser.stderr.on("data", (chunk) => (printed += chunk));
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    const fail = (what: string) => reject(new Error(`reportOfChromium: ${chromium} ${what}:\n${printed}`));
    timer = setTimeout(() => fail(`said nothing for ${timeoutMs} ms`), timeoutMs);
    browser.once("error", ({ message }) => fail(message));
    browser.once("close", (code) => fail(`ended with ${code}`));
  });
  try {
    return JSON.parse(await Promise.race([received, silence])) as BrowserReport<Result>;
  } finally {
    clearTimeout(timer);
    silence.catch(() => {}); // that it ends now is meant
    browser.kill("SIGKILL");
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
