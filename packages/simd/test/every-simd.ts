import { afterAll, beforeAll, describe } from "vitest";
import { createSimd, type Simd } from "../src/index.ts";
import { splitting } from "./arrays.ts";

/**
 * Runs a suite on each way to compute: with and without fused multiply-add, and with all work, however small, split over two threads.
 *
 * @param suite gets a function that gives the kernels, once the suite runs.
 */
export function describeEverySimd(name: string, suite: (simd: () => Simd) => void): void {
  const ways = [
    { way: "one thread", numThreads: 1, allowsFused: true },
    { way: "one thread, not fused", numThreads: 1, allowsFused: false },
    { way: "two threads", numThreads: 2, allowsFused: true },
  ];
  describe.each(ways)(`${name} on $way`, ({ numThreads, allowsFused }) => {
    let simd: Simd;
    beforeAll(async () => {
      simd = await createSimd({ numThreads, allowsFused });
    });
    afterAll(() => {
      simd.dispose();
    });
    suite(() => (numThreads === 1 ? simd : splitting(simd, numThreads)));
  });
}
