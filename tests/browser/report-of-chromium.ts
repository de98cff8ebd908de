import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

interface Computed {
  readonly computed: string;
  readonly hasDocument: boolean;
}

/** What the page sends. */
export interface BrowserReport {
  readonly agent: string;
  readonly page: Computed;
  readonly worker: Computed;
}

/**
 * Serves a page that runs `page.js` of a folder, opens it in Chromium, and waits for what the page sends to `report`.
 *
 * @param chromium the path of the program.
 * @throws what Chromium has printed, when it ends or says nothing for `timeoutMs`.
 */
export async function reportOfChromium(
  chromium: string,
  { folder, timeoutMs }: { readonly folder: string; readonly timeoutMs: number },
): Promise<BrowserReport> {
  const profile = mkdtempSync(join(tmpdir(), "rnnkit-chromium-"));
  let receive: (body: string) => void;
  const received = new Promise<string>((resolve) => (receive = resolve));
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (request.method === "POST") void text(request).then(receive);
    if (path.endsWith(".js")) {
      response.setHeader("content-type", "text/javascript");
      response.end(readFileSync(join(folder, path)));
    } else {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end('<!doctype html><title>rnnkit</title><script type="module" src="page.js"></script>');
    }
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
    return JSON.parse(await Promise.race([received, silence])) as BrowserReport;
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
