import type { BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { runInFreshNode } from "../fresh-node.ts";

const IDLE = `console.log(process.resourceUsage().maxRSS)`;
const LOAD = `
  import "@rnnkit/backends";
  import "@tensorflow/tfjs";
  console.log(process.resourceUsage().maxRSS);
`;

/** As the first training setting: an LSTM of 256 units, batch 32, 35 steps, 28 symbols. */
const TRAIN = `
  import { useBackend } from "@rnnkit/backends";
  import { LanguageModel } from "@rnnkit/models";
  import { integer, xoshiro128 } from "@rnnkit/random";
  import { sgd, train } from "@rnnkit/training";
  import * as tf from "@tensorflow/tfjs";
  tf.enableProdMode();
  const [numSteps, hiddenSize] = process.argv.slice(1).map(Number);
  await useBackend({ name: "rnnkit-simd", numThreads: 2 });
  const generator = xoshiro128(1);
  const model = new LanguageModel({ kind: "lstm", vocabSize: 28, hiddenSize }, { generator });
  const ids = () => Int32Array.from({ length: 32 * 35 }, () => integer(generator, 28));
  const batch = { inputs: ids(), targets: ids(), shape: [32, 35], isContinuation: false };
  const startMs = performance.now();
  const options = { optimizer: sgd({ learningRate: 1 }), maxGradientNorm: 1, numSteps };
  for await (const report of train({ parameters: model.parameters, loss: model.loss, batches: { epoch: () => [batch] }, ...options })) void report;
  console.log(JSON.stringify({ peakKibibytes: process.resourceUsage().maxRSS, ms: performance.now() - startMs }));
`;

/** The peak resident memory of a process that trains, beside one that does nothing; the heading of the table says it. */
export async function memory({ isSmoke }: BenchmarkOptions): Promise<BenchmarkResults> {
  const [numSteps, hiddenSize] = isSmoke ? [2, 8] : [100, 256];
  const idle = await runInFreshNode<number>(IDLE);
  const loaded = await runInFreshNode<number>(LOAD);
  const trained = await runInFreshNode<{ peakKibibytes: number; ms: number }>(
    TRAIN,
    String(numSteps),
    String(hiddenSize),
  );
  const megabytes = (kibibytes: number) => `${((kibibytes * 1.024) / 1000).toFixed(0)} MB`;
  return {
    job:
      `${numSteps} training steps, lstm of 1 × ${hiddenSize}, batch 32, 35 steps, 28 symbols; peak of ${megabytes(trained.peakKibibytes)}, ` +
      `${megabytes(trained.peakKibibytes - idle)} above an idle Node, of which loading the packages takes ${megabytes(loaded - idle)}`,
    numTokens: numSteps * 32 * 35,
    baseline: "rnnkit-simd",
    results: [{ engine: "rnnkit-simd", threads: 2, msMedian: trained.ms }],
  };
}
