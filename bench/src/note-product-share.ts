import type { BenchmarkOptions } from "./benchmark.ts";
import type { Measured, Step } from "./measure.ts";
import { productRate } from "./product-rate.ts";

/**
 * Notes how many floating-point operations a second rnnkit's own engines come to, and what share that is of the rate of a bare product.
 *
 * @param what the iteration.
 * @param numOperations of its products.
 */
export async function noteProductShare(
  note: BenchmarkOptions["note"],
  measured: readonly Measured<Step>[],
  { what, numOperations }: { readonly what: string; readonly numOperations: number },
): Promise<void> {
  for (const { engine, msMedian } of measured) {
    if (engine.name !== "rnnkit simd") continue;
    const gigaflops = numOperations / msMedian / 1e6;
    const rate = await productRate(engine.threads);
    note(
      `rnnkit simd, ${engine.threads} threads: ${what} does ${gigaflops.toFixed(1)} GFLOP/s, ${((100 * gigaflops) / rate).toFixed(0)} % of the ${rate.toFixed(1)} of a bare product`,
    );
  }
}
