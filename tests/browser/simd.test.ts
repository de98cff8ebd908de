import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectClose } from "@rnnkit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "./bundle.ts";
import { chromium } from "./chromium.ts";
import { reportOfChromium } from "./report-of-chromium.ts";
import { exercise, type SimdExercise } from "./simd/exercise.ts";

const folder = mkdtempSync(join(tmpdir(), "rnnkit-browser-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!chromium)("rnnkit in Chromium (skipped where neither CHROMIUM nor /usr/bin has one)", () => {
  let inNode: SimdExercise;
  beforeAll(async () => {
    await bundle("simd", { folder });
    inNode = await exercise();
  });

  it.each([
    ["on two threads where the page is cross-origin isolated", { isIsolated: true, numThreads: 2 }],
    ["on one thread where it is not", { isIsolated: false, numThreads: 1 }],
  ])("bundled by Vite without a change, trains as in Node, in a page and in a worker: %s", async (_, expected) => {
    const options = { folder, timeoutMs: 90_000, isIsolated: expected.isIsolated };
    const { page, worker } = await reportOfChromium<SimdExercise>(chromium!, options);
    for (const { error, result } of [page, worker]) {
      expect(error).toBeUndefined();
      const { losses, ...rest } = result!;
      expect(rest).toEqual({ ...expected, hasShared: expected.numThreads > 1, isSameProduct: true });
      expect(losses[1]).toEqual(losses[0]);
      expect(losses[0]!.at(-1)).toBeLessThan(losses[0]![0]!);
      expectClose(losses[0]!, inNode.losses[0], { tolerance: 1e-4, label: "losses" });
    }
  });
});
