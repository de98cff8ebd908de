import * as tf from "@tensorflow/tfjs";
import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { bookJob, type BookSizes } from "../book-job.ts";
import { measure, type Engine } from "../measure.ts";
import { rnnkitBookEngine } from "../rnnkit-book-engine.ts";
import { torchBookEngine } from "../torch-book-engine.ts";
import type { TrainingStep } from "../training-job.ts";
import { leftOut } from "../left-out.ts";
import { checkLosses } from "./training-step.ts";

const BASELINE = "rnnkit wasm";
const PEER = "PyTorch cpu";

interface Setting {
  readonly title: string;
  readonly unit: string;
  readonly sizes: BookSizes;
}

const TEXT = { batchSize: 32, numSteps: 35, vocabSize: 28, numBatches: 1 };

/** Settings of the book that no other benchmark has, on rnnkit and PyTorch. */
export const bookSettings: Readonly<Record<string, Benchmark>> = {
  "book-perceptron": (options) =>
    bookSetting(
      {
        title: "an epoch of the perceptron of the noisy sine",
        unit: "windows",
        sizes: { model: "perceptron", batchSize: 16, numSteps: 4, hiddenSize: 10, vocabSize: 0, numBatches: 37 },
      },
      options,
    ),
  "book-equations": (options) =>
    bookSetting(
      {
        title: "one training step, an RNN out of its equations",
        unit: "tokens",
        sizes: { model: "equations", hiddenSize: 512, ...TEXT },
      },
      options,
    ),
  "book-bidirectional": (options) =>
    bookSetting(
      {
        title: "one training step, an LSTM of two layers in both directions",
        unit: "tokens",
        sizes: { model: "bidirectional", hiddenSize: 256, ...TEXT },
      },
      options,
    ),
};

async function bookSetting(
  { title, unit, sizes: full }: Setting,
  { isSmoke, python, note }: BenchmarkOptions,
): Promise<BenchmarkResults> {
  tf.enableProdMode(); // does nothing but silence the notice that TensorFlow.js prints in Node
  const sizes = isSmoke ? { ...full, batchSize: 2, numSteps: 3, hiddenSize: 8, numBatches: 1 } : full;
  const { model, batchSize, numSteps, hiddenSize, vocabSize, numBatches } = sizes;
  const job = await bookJob(sizes);
  const engines: Engine<TrainingStep>[] = [];
  try {
    for (const threads of [1, 2]) engines.push(await rnnkitBookEngine(job, { backend: "rnnkit-simd", threads }));
    engines.push(await rnnkitBookEngine(job, { backend: "wasm" }));
    for (const threads of [1, 2]) {
      const engine = await torchBookEngine(job, { python, threads });
      if (!engine) {
        note(leftOut("PyTorch", python));
        break;
      }
      engines.push(engine);
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkLosses(model === "perceptron" ? undefined : vocabSize, measured);
    const numTokens = numBatches * batchSize * (model === "perceptron" ? 1 : numSteps);
    const symbols = model === "perceptron" ? "" : `, ${vocabSize} symbols`;
    return {
      job: `${title}, ${hiddenSize} hidden, batch ${batchSize}, ${numSteps} steps${symbols} (${numTokens} ${unit})`,
      numTokens,
      baseline: BASELINE,
      peer: PEER,
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}
