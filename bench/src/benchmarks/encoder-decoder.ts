import type { EncoderDecoderConfig } from "@rnnkit/models";
import * as tf from "@tensorflow/tfjs";
import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine } from "../measure.ts";
import { rnnkitTranslationEngine } from "../rnnkit-translation-engine.ts";
import { torchTranslationEngine } from "../torch-translation-engine.ts";
import { translationJob, type TranslationSizes } from "../translation-job.ts";
import type { TrainingStep } from "../training-job.ts";
import { leftOut } from "../left-out.ts";
import { checkLosses } from "./training-step.ts";

const BASELINE = "rnnkit wasm";
const PEER = "PyTorch cpu";

/** d2l's translator of 601 pairs; its encoder reads padding. */
const BOOK: EncoderDecoderConfig = {
  ...{ sourceVocabSize: 184, targetVocabSize: 201, kind: "gru", numLayers: 2, hiddenSize: 32, embeddingSize: 32 },
  ...{ dropout: 0.1, readsPadding: true },
};

/** One step of training an encoder-decoder on a batch, on rnnkit and PyTorch. */
export const encoderDecoders: Readonly<Record<string, Benchmark>> = {
  "encoder-decoder": (options) => encoderDecoder(BOOK, options),
  "encoder-decoder-attention": (options) => encoderDecoder({ ...BOOK, attention: { score: "additive" } }, options),
};

async function encoderDecoder(config: EncoderDecoderConfig, options: BenchmarkOptions): Promise<BenchmarkResults> {
  const { isSmoke, python, note } = options;
  tf.enableProdMode(); // does nothing but silence the notice that TensorFlow.js prints in Node
  const sizes = isSmoke
    ? { config: { ...config, hiddenSize: 8, embeddingSize: 4 }, batchSize: 2, numSteps: 3 }
    : { config, batchSize: 64, numSteps: 10 };
  // Dropout is drawn in each engine's own way, so that they are held to each other without it first.
  await withEngines(
    { ...sizes, config: { ...sizes.config, dropout: 0 } },
    { python, note: () => {} },
    async (engines) => {
      const measured = await measure(engines, { rounds: isSmoke ? 2 : 5, turnMs: 0 });
      checkLosses(config.targetVocabSize, measured);
    },
  );
  return withEngines(sizes, { python, note }, async (engines) => {
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 800 });
    const { kind, numLayers, hiddenSize, embeddingSize } = sizes.config;
    const { batchSize, numSteps } = sizes;
    const form = config.attention ? `${config.attention.score} attention` : "no attention";
    return {
      job: `one training step, ${kind} of ${numLayers} × ${hiddenSize} over embeddings of ${embeddingSize}, ${form}, batch ${batchSize}, ${numSteps} steps, vocabularies of ${config.sourceVocabSize} and ${config.targetVocabSize}, dropout ${config.dropout} (${batchSize * numSteps} target positions)`,
      numTokens: batchSize * numSteps,
      baseline: BASELINE,
      peer: PEER,
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  });
}

async function withEngines<Result>(
  sizes: TranslationSizes,
  { python, note }: Pick<BenchmarkOptions, "python" | "note">,
  body: (engines: readonly Engine<TrainingStep>[]) => Promise<Result>,
): Promise<Result> {
  const job = await translationJob(sizes);
  const engines: Engine<TrainingStep>[] = [];
  try {
    for (const threads of [1, 2]) engines.push(await rnnkitTranslationEngine(job, { backend: "rnnkit-simd", threads }));
    engines.push(await rnnkitTranslationEngine(job, { backend: "wasm" }));
    for (const threads of [1, 2]) {
      const engine = await torchTranslationEngine(job, { python, threads });
      if (!engine) {
        note(leftOut("PyTorch", python));
        break;
      }
      engines.push(engine);
    }
    return await body(engines);
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}
