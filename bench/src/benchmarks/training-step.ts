import * as tf from "@tensorflow/tfjs";
import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine, type Measured } from "../measure.ts";
import { noteProductShare } from "../note-product-share.ts";
import { rnnkitEngine } from "../rnnkit-engine.ts";
import { tfjsLayersEngine } from "../tfjs-layers-engine.ts";
import { torchEngine } from "../torch-engine.ts";
import { trainingJob, type Sizes, type TrainingStep } from "../training-job.ts";
import { leftOut } from "../left-out.ts";

const BASELINE = "tf.layers wasm";
const PEER = "PyTorch cpu";

/** All engines compute in float32, and add up in different orders. */
const LOSS_TOLERANCE_NATS = 1e-4;

const BOOK: Sizes = { kind: "lstm", numLayers: 1, batchSize: 32, numSteps: 35, vocabSize: 28, hiddenSize: 256 };

/** One step of training a language model on a batch, on rnnkit, `tf.layers` and PyTorch, in several settings. */
export const trainingSteps: Readonly<Record<string, Benchmark>> = {
  "training-step": (options) => trainingStep(BOOK, options),
  "training-step-gru": (options) => trainingStep({ ...BOOK, kind: "gru" }, options),
  "training-step-rnn": (options) => trainingStep({ ...BOOK, kind: "rnn-tanh" }, options),
  "training-step-deep": (options) => trainingStep({ ...BOOK, numLayers: 2 }, options),
  "training-step-small": (options) =>
    trainingStep({ ...BOOK, batchSize: 64, numSteps: 10, vocabSize: 200, hiddenSize: 32 }, options),
};

async function trainingStep(full: Sizes, { isSmoke, python, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  tf.enableProdMode(); // does nothing but silence the notice that TensorFlow.js prints in Node
  const sizes = isSmoke ? { ...full, batchSize: 2, numSteps: 3, vocabSize: 28, hiddenSize: 8 } : full;
  const { kind, numLayers, batchSize, numSteps, vocabSize, hiddenSize } = sizes;
  const job = await trainingJob(sizes);
  const engines: Engine<TrainingStep>[] = [];
  try {
    for (const threads of [1, 2]) engines.push(await rnnkitEngine(job, { backend: "rnnkit-simd", threads }));
    engines.push(await rnnkitEngine(job, { backend: "wasm" }));
    engines.push(await tfjsLayersEngine(job, { backend: "rnnkit-simd", threads: 2 }));
    engines.push(await tfjsLayersEngine(job, { backend: "wasm" }));
    for (const threads of [1, 2]) {
      const engine = await torchEngine(job, { python, threads });
      if (!engine) {
        note(leftOut("PyTorch", python));
        break;
      }
      engines.push(engine);
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    // Another network, which learns as well.
    checkLosses(vocabSize, kind === "gru" ? measured.filter(({ engine }) => !isTfjsLayers(engine)) : measured);
    if (!isSmoke) await noteProductShare(note, measured, { what: "the step", numOperations: numOperations(sizes) });
    return {
      job: `one training step, ${kind} of ${numLayers} × ${hiddenSize}, batch ${batchSize}, ${numSteps} steps, ${vocabSize} symbols (${batchSize * numSteps} tokens)`,
      numTokens: batchSize * numSteps,
      baseline: BASELINE,
      peer: PEER,
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

const isTfjsLayers = ({ name }: Engine<TrainingStep>) => name.startsWith("tf.layers");

/** Of the products in a step: forward, and twice as many back; ids cost none. */
function numOperations({ kind, numLayers, batchSize, numSteps, vocabSize, hiddenSize }: Sizes): number {
  const gates = { lstm: 4, gru: 3, "rnn-tanh": 1 }[kind] * hiddenSize;
  const perToken = (2 * numLayers - 1) * gates * hiddenSize + hiddenSize * vocabSize;
  return 2 * 3 * batchSize * numSteps * perToken;
}

/**
 * Throws unless all engines began at the same loss and have learnt by the step that the slowest came to.
 *
 * @param vocabSize V, where the loss of a model that knows nothing is ln V.
 */
export function checkLosses(vocabSize: number | undefined, measured: readonly Measured<TrainingStep>[]): void {
  const firstLosses = measured.map(({ steps }) => steps[0]!.lossNats);
  // After as many steps as the slowest has made: without clipping an RNN learns for some hundred, and then goes astray.
  const numSteps = Math.min(...measured.map(({ steps }) => steps.length));
  for (const { engine, steps } of measured) {
    const first = steps[0]!.lossNats;
    const last = steps[numSteps - 1]!.lossNats;
    const got = `${engine.name} got ${first} and then ${last}`;
    if (vocabSize !== undefined && !(Math.abs(first - Math.log(vocabSize)) < 0.3)) {
      throw new Error(`the first loss must be near ln V, ${got}`);
    }
    if (!(Math.abs(first - firstLosses[0]!) < LOSS_TOLERANCE_NATS)) {
      throw new Error(`the first losses must be the same, ${measured[0]!.engine.name} got ${firstLosses[0]}, ${got}`);
    }
    if (!(last < first)) throw new Error(`training must lower the loss, ${got}`);
  }
}
