import * as tf from "@tensorflow/tfjs";
import type { BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine, type Measured } from "../measure.ts";
import { rnnkitEngine } from "../rnnkit-engine.ts";
import { tfjsLayersEngine } from "../tfjs-layers-engine.ts";
import { torchEngine } from "../torch-engine.ts";
import { trainingJob, type TrainingStep } from "../training-job.ts";

const BASELINE = "tf.layers wasm";

/** All engines compute in float32, and add up in different orders. */
const LOSS_TOLERANCE_NATS = 1e-4;

/** One step of training an LSTM language model on a batch, on rnnkit, `tf.layers` and PyTorch. */
export async function trainingStep({ isSmoke, python, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  tf.enableProdMode(); // does nothing but silence the notice that TensorFlow.js prints in Node
  const sizes = isSmoke
    ? { batchSize: 2, numSteps: 3, vocabSize: 28, hiddenSize: 8 }
    : { batchSize: 32, numSteps: 35, vocabSize: 28, hiddenSize: 256 };
  const { batchSize, numSteps, vocabSize, hiddenSize } = sizes;
  const numTokens = batchSize * numSteps;
  const job = await trainingJob(sizes);
  const engines: Engine<TrainingStep>[] = [];
  try {
    engines.push(await rnnkitEngine(job, { backend: "wasm" }), await rnnkitEngine(job, { backend: "cpu" }));
    engines.push(await tfjsLayersEngine(job, { backend: "wasm" }), await tfjsLayersEngine(job, { backend: "cpu" }));
    for (const threads of [1, 2]) {
      const engine = await torchEngine(job, { python, threads });
      if (!engine) {
        note(
          `PyTorch is left out: ${python} has none; install bench/python/requirements.txt with pip and name that Python with --python or RNNKIT_PYTHON`,
        );
        break;
      }
      engines.push(engine);
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkLosses(vocabSize, measured);
    return {
      job: `one training step, LSTM, batch ${batchSize}, ${numSteps} steps, ${vocabSize} symbols, ${hiddenSize} hidden (${numTokens} tokens)`,
      numTokens,
      baseline: BASELINE,
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

/** Throws unless all engines began at the same loss, that of a model which knows nothing, and have learnt since. */
export function checkLosses(vocabSize: number, measured: readonly Measured<TrainingStep>[]): void {
  const firstLosses = measured.map(({ steps }) => steps[0]!.lossNats);
  for (const { engine, steps } of measured) {
    const first = steps[0]!.lossNats;
    const last = steps.at(-1)!.lossNats;
    const got = `${engine.name} got ${first} and then ${last}`;
    if (!(Math.abs(first - Math.log(vocabSize)) < 0.3)) throw new Error(`the first loss must be near ln V, ${got}`);
    if (!(Math.abs(first - firstLosses[0]!) < LOSS_TOLERANCE_NATS)) {
      throw new Error(`the first losses must be the same, ${measured[0]!.engine.name} got ${firstLosses[0]}, ${got}`);
    }
    if (!(last < first)) throw new Error(`training must lower the loss, ${got}`);
  }
}
