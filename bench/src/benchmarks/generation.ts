import { useBackend } from "@rnnkit/backends";
import { languageModelStepper, LanguageModel } from "@rnnkit/models";
import { multinomial } from "@rnnkit/decoding";
import { categorical, xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import type { BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine, type Step } from "../measure.ts";
import { noteProductShare } from "../note-product-share.ts";
import { startPython } from "../python-process.ts";
import { recurrentLayer, setParameters } from "../tfjs-layers-engine.ts";
import { modelConfig, trainingJob, type TrainingJob } from "../training-job.ts";
import { leftOut } from "../left-out.ts";

const NUM_TOKENS = 200;

/** Writing text one token at a time, batch 1, sampling included. */
export async function generation({ isSmoke, python, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  tf.enableProdMode();
  const book = { kind: "lstm", numLayers: 1, batchSize: 1, numSteps: 1, vocabSize: 28, hiddenSize: 256 } as const;
  const job = await trainingJob(isSmoke ? { ...book, hiddenSize: 8 } : book);
  const numTokens = isSmoke ? 3 : NUM_TOKENS;
  const engines: Engine<Step>[] = [];
  try {
    for (const threads of [1, 2]) engines.push(await rnnkitWriter(job, { numTokens, threads }));
    engines.push(await tfjsWriter(job, numTokens));
    for (const threads of [1, 2]) {
      const torch = await torchWriter(job, { python, numTokens, threads });
      if (!torch) {
        note(leftOut("PyTorch", python));
        break;
      }
      engines.push(torch);
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    const { vocabSize, hiddenSize } = job;
    // A token enters as a row of the table: its products are that of the state, for four gates, and that of the logits.
    const numOperations = numTokens * 2 * hiddenSize * (4 * hiddenSize + vocabSize);
    if (!isSmoke) await noteProductShare(note, measured, { what: "a text", numOperations });
    return {
      job: `${numTokens} tokens one at a time, sampled, lstm of 1 × ${hiddenSize}, ${vocabSize} symbols`,
      numTokens,
      baseline: "tf.layers wasm",
      peer: "PyTorch cpu",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

async function rnnkitWriter(
  job: TrainingJob,
  { numTokens, threads }: { readonly numTokens: number; readonly threads: number },
): Promise<Engine<Step>> {
  const activate = () => useBackend({ name: "rnnkit-simd", numThreads: threads });
  await activate();
  const model = new LanguageModel(modelConfig(job), { generator: xoshiro128(0) });
  for (const [name, variable] of Object.entries(model.parameters)) {
    tf.tidy(() => variable.assign(tf.tensor(job.parameters[name]!, variable.shape)));
  }
  const stepper = languageModelStepper(model);
  const generator = xoshiro128(1);
  return {
    name: "rnnkit simd",
    threads,
    async activate() {
      await activate();
    },
    async step() {
      const startMs = performance.now();
      await multinomial(stepper, { prompt: [0], maxLength: numTokens, generator });
      return { ms: performance.now() - startMs };
    },
    async dispose() {
      model.dispose();
    },
  };
}

async function tfjsWriter(job: TrainingJob, numTokens: number): Promise<Engine<Step>> {
  const activate = () => useBackend({ name: "wasm" });
  await activate();
  const { vocabSize, hiddenSize, kind } = job;
  const options = { units: hiddenSize, stateful: true, recurrentInitializer: "zeros" } as const;
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({ batchInputShape: [1, 1, vocabSize] }),
      recurrentLayer(kind, options),
      tf.layers.dense({ units: vocabSize, activation: "softmax" }),
    ],
  });
  setParameters(model, job);
  const generator = xoshiro128(1);
  return {
    name: "tf.layers wasm",
    threads: 1,
    async activate() {
      await activate();
    },
    async step() {
      const startMs = performance.now();
      model.resetStates();
      let token = 0;
      for (let i = 0; i < numTokens; i++) {
        const probabilities = tf.tidy(() => {
          const row = tf.cast(tf.oneHot(tf.tensor2d([token], [1, 1], "int32"), vocabSize), "float32");
          return model.predict(row) as tf.Tensor;
        });
        token = categorical(generator, await probabilities.data<"float32">());
        probabilities.dispose();
      }
      return { ms: performance.now() - startMs };
    },
    async dispose() {
      // A stateful layer keeps its states when it is disposed.
      for (const layer of model.layers) tf.dispose((layer as { states?: tf.Tensor[] }).states ?? []);
      model.dispose();
    },
  };
}

async function torchWriter(
  job: TrainingJob,
  { python, numTokens, threads }: { readonly python: string; readonly numTokens: number; readonly threads: number },
): Promise<Engine<Step> | undefined> {
  const { vocabSize, hiddenSize } = job;
  const torch = await startPython(python, "generation.py", String(threads));
  const isReady = await torch?.ask(JSON.stringify({ vocabSize, hiddenSize, numTokens }));
  if (torch === undefined || isReady === undefined) return undefined;
  return {
    name: "PyTorch cpu",
    threads,
    async activate() {},
    async step() {
      const step = await torch.ask("step");
      if (step === undefined) throw new Error("generation.py ended without an answer");
      return step as Step;
    },
    dispose: () => torch.close(),
  };
}
