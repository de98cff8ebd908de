import { afterAll, beforeAll, describe } from "vitest";
import { createSimd, type Simd } from "../src/index.ts";
import { splitting } from "./arrays.ts";

/**
 * Runs a suite on each way to compute: with and without fused multiply-add, and with all work, however small, split over two threads, where
 * functions wait for it and where they do not.
 *
 * @param suite gets a function that gives the kernels, once the suite runs.
 */
export function describeEverySimd(name: string, suite: (simd: () => Simd) => void): void {
  const ways = [
    { way: "one thread", numThreads: 1, allowsFused: true },
    { way: "one thread, not fused", numThreads: 1, allowsFused: false },
    { way: "two threads", numThreads: 2, allowsFused: true },
    { way: "two threads, asynchronous", numThreads: 2, allowsFused: true, isAsync: true },
  ];
  describe.each(ways)(`${name} on $way`, ({ numThreads, ...options }) => {
    let simd: Simd;
    beforeAll(async () => {
      simd = await createSimd({ numThreads, ...options });
    });
    afterAll(() => {
      simd.dispose();
    });
    suite(() => (numThreads === 1 ? simd : splitting(simd, numThreads)));
  });
}
