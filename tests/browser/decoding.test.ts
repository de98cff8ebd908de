import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bundle } from "./bundle.ts";
import { chromium } from "./chromium.ts";
import { exercise } from "./decoding/exercise.ts";
import { reportOfChromium } from "./report-of-chromium.ts";

const folder = mkdtempSync(join(tmpdir(), "rnnkit-browser-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!chromium)("decoding in Chromium (skipped where neither CHROMIUM nor /usr/bin has one)", () => {
  it("bundled without a change, finds in a page and in a worker what it finds in Node", async () => {
    await bundle("decoding", { folder });
    const options = { folder, timeoutMs: 60_000, isIsolated: false };
    const { page, worker } = await reportOfChromium<string>(chromium!, options);
    const found = JSON.parse(await exercise()) as unknown;
    for (const { error, result } of [page, worker]) {
      expect(error).toBeUndefined();
      expect(JSON.parse(result!)).toEqual(found);
    }
  });
});
