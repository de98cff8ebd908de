import { useBackend, type BackendName } from "@rnnkit/backends";
import { bitsPerToken, perplexity, unigramCrossEntropy, type CrossEntropyStatistics } from "@rnnkit/metrics";
import { LanguageModel, type LanguageModelConfig } from "@rnnkit/models";
import { deriveSeed, xoshiro128 } from "@rnnkit/random";
import { randomBatches, scoringBatches, sequentialBatches } from "@rnnkit/samplers";
import { adam, evaluate, sgd, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { setImmediate } from "node:timers/promises";
import type { Emit } from "./events.ts";
import { prepareCorpus, type Corpus, type CorpusSettings } from "./prepare-corpus.ts";
import { scoringShape } from "./scoring-shape.ts";

export interface TrainingSettings extends CorpusSettings {
  readonly kind: LanguageModelConfig["kind"];
  readonly hiddenSize: number;
  readonly layers: number;
  readonly embeddingSize?: number;
  readonly sampling: "sequential" | "random";
  readonly batchSize: number;
  /** T */
  readonly sequenceLength: number;
  readonly epochs: number;
  readonly steps?: number;
  readonly optimizer: "adam" | "sgd";
  readonly learningRate?: number;
  readonly clip: number;
  readonly seed: number;
  readonly backend?: BackendName;
}

interface Job {
  readonly text: string;
  /** What the text is called. */
  readonly source: string;
  readonly settings: TrainingSettings;
  readonly emit: Emit;
  /** Ends the training after the step in hand. */
  readonly signal: AbortSignal;
}

/** Validations in the course of a run, the one at the end included. */
const NUM_VALIDATIONS = 5;

/** Trains a language model on a text and says how it goes; the caller owns the model. */
export async function trainLanguageModel({ text, source, settings, emit, signal }: Job): Promise<{
  model: LanguageModel;
  corpus: Corpus;
}> {
  tf.enableProdMode(); // silences TensorFlow.js's notice about its cpu backend
  const backend = await useBackend(settings.backend === undefined ? {} : { name: settings.backend });
  const corpus = prepareCorpus(text, settings);
  checkLength(source, corpus, settings);
  const { seed } = settings;
  const model = new LanguageModel(
    {
      vocabSize: corpus.vocabulary.size,
      kind: settings.kind,
      hiddenSize: settings.hiddenSize,
      numLayers: settings.layers,
      ...(settings.embeddingSize !== undefined && { embeddingSize: settings.embeddingSize }),
    },
    { generator: xoshiro128(deriveSeed(seed, "parameters")) },
  );
  const optimizer = { adam, sgd }[settings.optimizer]({
    learningRate: settings.learningRate ?? { adam: 0.003, sgd: 1 }[settings.optimizer],
  });
  try {
    emit({
      event: "start",
      source,
      backend,
      tokenizer: corpus.tokenizer.name,
      numTokens: { train: corpus.train.length, validation: corpus.validation.length },
      model: model.config,
      numParameters: Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0),
      seed,
    });
    const sample = { sequential: sequentialBatches, random: randomBatches }[settings.sampling];
    const batches = sample(corpus.train, {
      batchSize: settings.batchSize,
      numSteps: settings.sequenceLength,
      seed: deriveSeed(seed, "batches"),
    });
    const scoring = {
      batches: scoringBatches(corpus.validation, scoringShape(corpus.validation.length)),
      loss: model.loss,
    };
    const budget = Math.min(settings.steps ?? Infinity, settings.epochs * batches.epoch(0).length);
    let statistics: CrossEntropyStatistics | undefined;
    for await (const report of train({
      parameters: model.parameters,
      batches,
      loss: scoring.loss,
      optimizer,
      numEpochs: settings.epochs,
      ...(settings.steps !== undefined && { numSteps: settings.steps }),
      maxGradientNorm: settings.clip,
      validation: { batches: scoring.batches, every: Math.ceil(budget / NUM_VALIDATIONS) },
    })) {
      emit({ event: "report", ...report });
      const { step, numSteps, validation } = report;
      if (step === numSteps)
        statistics = { totalNats: validation!.meanLoss * validation!.count, count: validation!.count };
      await setImmediate(); // lets a signal through: the steps themselves only ever wait for what is ready
      if (signal.aborted && step < numSteps) {
        emit({ event: "interrupted", step });
        break;
      }
    }
    statistics ??= await evaluate(scoring);
    const { train: trainIds, validation, vocabulary } = corpus;
    emit({
      event: "validation",
      perplexity: perplexity(statistics),
      bitsPerToken: bitsPerToken(statistics),
      unigramPerplexity: perplexity(
        unigramCrossEntropy(trainIds, validation.subarray(1), { vocabSize: vocabulary.size }),
      ),
      uniformPerplexity: vocabulary.size,
    });
    return { model, corpus };
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    optimizer.dispose();
  }
}

function checkLength(source: string, { train: trainIds, validation }: Corpus, settings: TrainingSettings): void {
  // A sequential epoch drops up to sequenceLength tokens at the start, and the last token has none that follows it.
  const needed = settings.batchSize * settings.sequenceLength + settings.sequenceLength + 1;
  if (trainIds.length < needed || validation.length < 2) {
    const all = Math.max(
      Math.ceil(needed / (1 - settings.validationFraction)),
      Math.ceil(2 / settings.validationFraction),
    );
    throw new Error(
      `${source} is too short: a batch of ${settings.batchSize} rows of ${settings.sequenceLength} takes ` +
        `${all} ${settings.tokenizer}, got ${trainIds.length + validation.length}; ` +
        `a smaller --batch-size or --sequence-length takes less`,
    );
  }
}
