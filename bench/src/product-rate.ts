import { createSimd, matMul, type SimdArray } from "@rnnkit/simd";

const SIZE = 512;
const ROUNDS = 15;

/** GFLOP/s of the kernels' product of two large square matrices: what the machine can do, for a step to be compared with. */
export async function productRate(numThreads: number): Promise<number> {
  const simd = await createSimd({ numThreads });
  const [a, b, output] = Array.from({ length: 3 }, () => simd.allocate(SIZE * SIZE)) as [
    SimdArray,
    SimdArray,
    SimdArray,
  ];
  for (const operand of [a, b]) simd.floats(operand).fill(1);
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    matMul(simd, { a, b, output, rows: SIZE, columns: SIZE, depth: SIZE });
    best = Math.max(best, (2 * SIZE ** 3) / (performance.now() - startMs) / 1e6);
  }
  simd.dispose();
  return best;
}
