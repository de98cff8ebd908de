import type { BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { runInFreshNode } from "../fresh-node.ts";
import { median } from "../measure.ts";

const NUM_STARTS = 9;
const BACKENDS = [
  { engine: "rnnkit-simd", name: "rnnkit-simd" },
  { engine: "tf wasm", name: "wasm" },
] as const;

/** TensorFlow.js is loaded before, with its wasm backend, which everybody who measures that one has to load. */
const START = `
  import { useBackend } from "@rnnkit/backends";
  import * as tf from "@tensorflow/tfjs";
  import "@tensorflow/tfjs-backend-wasm";
  tf.enableProdMode();
  const startMs = performance.now();
  await useBackend({ name: process.argv[1] });
  tf.tidy(() => tf.add(tf.tensor1d([1]), 1).dataSync());
  console.log(performance.now() - startMs);
`;

/** From nothing to the first sum of two numbers on a backend, each time in a fresh process. */
export async function backendStart({ isSmoke }: BenchmarkOptions): Promise<BenchmarkResults> {
  const times = BACKENDS.map(() => [] as number[]);
  for (let start = 0; start < (isSmoke ? 1 : NUM_STARTS); start++) {
    for (const [i, { name }] of BACKENDS.entries()) times[i]!.push(await runInFreshNode<number>(START, name));
  }
  return {
    job: "start of a backend and its first operation, in a fresh process (a token is a start)",
    numTokens: 1,
    baseline: "tf wasm",
    results: BACKENDS.map(({ engine }, i) => ({ engine, threads: 1, msMedian: median(times[i]!) })),
  };
}
