import { createSimd, matMul, type Simd } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import * as rnn from "rnnkit";
// Fixed places in the kernels' memory, which no application needs to know.
import { HEARTBEATS } from "../../../packages/simd/src/memory-map.ts";

/** What the SIMD kernels and the backend over them compute, and on how many threads. */
export interface SimdExercise {
  readonly isIsolated: boolean;
  /** The threads that were to be had where two were asked for. */
  readonly numThreads: number;
  /** Whether the second thread has done a part of the work. */
  readonly hasShared: boolean;
  /** Whether two threads have computed the same product as one, to the bit. */
  readonly isSameProduct: boolean;
  /** The losses of the steps of a small LSTM, on one thread and on two. */
  readonly losses: readonly [number[], number[]];
}

const SIZE = 256;
const PATIENCE_MS = 20_000;

export async function exercise(): Promise<SimdExercise> {
  const one = await createSimd({ numThreads: 1 });
  const two = await createSimd({ numThreads: 2 });
  const expected = product(one);
  let isSameProduct = true;
  // A worker begins when the page gives way to it; until then the page does all the work.
  const hasSecondThread = () => two.ints({ pointer: HEARTBEATS + 64, length: 1 })[0] !== 0;
  const start = performance.now();
  do {
    isSameProduct &&= product(two).every((value, i) => value === expected[i]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  } while (two.numThreads > 1 && !hasSecondThread() && performance.now() - start < PATIENCE_MS);
  const result = {
    isIsolated: globalThis.crossOriginIsolated === true,
    numThreads: two.numThreads,
    hasShared: hasSecondThread(),
    isSameProduct,
  };
  one.dispose();
  two.dispose();
  return { ...result, losses: [await losses(1), await losses(2)] };
}

function product(simd: Simd): Float32Array {
  const [a, b, output] = [simd.allocate(SIZE * SIZE), simd.allocate(SIZE * SIZE), simd.allocate(SIZE * SIZE)];
  simd
    .floats(a)
    .set(Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.fround(((i * 7919) % 1000) / 999 - 0.5)));
  simd
    .floats(b)
    .set(Float32Array.from({ length: SIZE * SIZE }, (_, i) => Math.fround(((i * 104729) % 1000) / 999 - 0.5)));
  matMul(simd, { a, b, output, rows: SIZE, columns: SIZE, depth: SIZE });
  const values = simd.floats(output).slice();
  for (const array of [a, b, output]) simd.free(array);
  return values;
}

/** The losses of ten steps of training a small LSTM on `rnnkit-simd`. */
async function losses(numThreads: number): Promise<number[]> {
  tf.enableProdMode();
  await rnn.useBackend({ name: "rnnkit-simd", numThreads });
  const text = rnn.characters.encode("the quick brown fox jumps over the lazy dog. ".repeat(60));
  const vocabulary = rnn.vocabulary(text);
  const config = { vocabSize: vocabulary.size, kind: "lstm", hiddenSize: 64 } as const;
  const model = new rnn.LanguageModel(config, { generator: rnn.xoshiro128(1) });
  const batches = rnn.sequentialBatches(vocabulary.encode(text), { batchSize: 16, numSteps: 20, seed: 1 });
  const optimizer = rnn.adam({ learningRate: 0.01 });
  const found: number[] = [];
  const options = { optimizer, maxGradientNorm: 1, numSteps: 10 };
  for await (const { meanLoss } of rnn.train({ parameters: model.parameters, loss: model.loss, batches, ...options })) {
    found.push(meanLoss);
  }
  model.dispose();
  optimizer.dispose();
  return found;
}
