import { xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import {
  LanguageModel,
  LatentRegression,
  MarkovRegression,
  SequenceGenerator,
  Tagger,
  TextClassifier,
} from "../src/index.ts";

const options = () => ({ generator: xoshiro128(1) });
const RNN = { kind: "gru", hiddenSize: 3 } as const;
const TOKENS = { ...RNN, vocabSize: 5 };

describe("a config", () => {
  it.each<[string, () => unknown, string]>([
    [
      "a misspelt field",
      () => new LanguageModel({ ...TOKENS, droput: 1 } as never, options()),
      "LanguageModel: config must hold",
    ],
    [
      "dropout of one layer",
      () => new LanguageModel({ ...TOKENS, dropout: 0.5 }, options()),
      "LanguageModel: dropout must be 0",
    ],
    [
      "peepholes of a GRU",
      () => new LanguageModel({ ...TOKENS, hasPeepholes: true }, options()),
      "hasPeepholes must be left out for a gru",
    ],
    [
      "reset of an LSTM",
      () => new LanguageModel({ ...TOKENS, kind: "lstm", reset: "before" }, options()),
      "reset must be left out for a lstm",
    ],
    [
      "a tie of other widths",
      () => new LanguageModel({ ...TOKENS, isTied: true, embeddingSize: 2 }, options()),
      "embeddingSize must be the output's 3",
    ],
    [
      "a tie without an embedding",
      () => new LanguageModel({ ...TOKENS, isTied: true }, options()),
      "embeddingSize must be the output's 3",
    ],
    [
      "nothing to drop",
      () => new LanguageModel({ ...TOKENS, embeddingDropout: 0.1 }, options()),
      "embeddingDropout must be 0 without",
    ],
    [
      "a rate of 1",
      () => new LanguageModel({ ...TOKENS, outputDropout: 1 }, options()),
      "outputDropout must be at least 0 and below 1, got 1",
    ],
    [
      "no classes",
      () => new TextClassifier({ ...TOKENS } as never, options()),
      "TextClassifier: numClasses must be a positive integer, got undefined",
    ],
    [
      "an unknown pooling",
      () => new TextClassifier({ ...TOKENS, numClasses: 2, pooling: "sum" as never }, options()),
      "pooling must be one of last, mean, max, attention, got sum",
    ],
    [
      "an unused width",
      () => new TextClassifier({ ...TOKENS, numClasses: 2, attentionSize: 2 }, options()),
      "attentionSize must be left out for pooling last",
    ],
    [
      "a feature's name",
      () => new Tagger({ ...TOKENS, numTags: 2, features: { tags: { vocabSize: 1, embeddingSize: 1 } } }, options()),
      "Tagger: features must be an object of features",
    ],
    [
      "a feature's size",
      () => new Tagger({ ...TOKENS, numTags: 2, features: { a: { vocabSize: 0, embeddingSize: 1 } } }, options()),
      "Tagger: features.a: vocabSize must be a positive integer",
    ],
    [
      "no vector",
      () => new SequenceGenerator({ ...TOKENS } as never, options()),
      "SequenceGenerator: vectorSize must be",
    ],
    [
      "no order",
      () => new MarkovRegression({ hiddenSizes: [] } as never, options()),
      "MarkovRegression: order must be",
    ],
    [
      "no layers",
      () => new MarkovRegression({ order: 1, hiddenSizes: 3 } as never, options()),
      "hiddenSizes must be an array of positive integers, got 3",
    ],
    [
      "no kind",
      () => new LatentRegression({ order: 1, hiddenSize: 1 } as never, options()),
      "LatentRegression: kind must be one of",
    ],
  ])("with %s is refused, and leaves nothing behind", (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});

describe("a batch", () => {
  const batch = { inputs: Int32Array.of(0, 1, 2, 3), targets: Int32Array.of(0, 1, 0, 1), shape: [2, 2] as const };
  const lengths = Int32Array.of(2, 1);
  const empty = { ...batch, lengths: Int32Array.of(2, 0) };
  const ignored = { ...batch, lengths, targets: new Int32Array(4).fill(-100) };
  const features = { suffix: new Int32Array(4) };
  const vectors = new Float32Array(4);
  it.each<[string, () => { dispose(): void; loss: never }, object, string]>([
    ["LanguageModel", () => new LanguageModel(TOKENS, options()) as never, empty, "lengths must be from 1 to 2, got 0"],
    [
      "LanguageModel",
      () => new LanguageModel(TOKENS, options()) as never,
      ignored,
      "targets must hold one that counts",
    ],
    [
      "LanguageModel",
      () => new LanguageModel(TOKENS, options()) as never,
      { ...batch, shape: [2, 3] },
      "inputs must hold 6 values",
    ],
    [
      "Tagger",
      () => new Tagger({ ...TOKENS, numTags: 2 }, options()) as never,
      empty,
      "lengths must be from 1 to 2, got 0",
    ],
    [
      "Tagger",
      () => new Tagger({ ...TOKENS, numTags: 2 }, options()) as never,
      ignored,
      "targets must hold one that counts",
    ],
    [
      "Tagger",
      () =>
        new Tagger(
          { ...TOKENS, numTags: 2, features: { suffix: { vocabSize: 2, embeddingSize: 1 } } },
          options(),
        ) as never,
      { ...batch, lengths },
      "features.suffix must be given",
    ],
    [
      "Tagger",
      () =>
        new Tagger(
          { ...TOKENS, numTags: 2, features: { suffix: { vocabSize: 2, embeddingSize: 1 } } },
          options(),
        ) as never,
      { ...batch, lengths, features: { suffix: Int32Array.of(0, 1, 2, 0) } },
      "features.suffix must hold ids from 0 to 1, got 2 at index 2",
    ],
    [
      "TextClassifier",
      () => new TextClassifier({ ...TOKENS, numClasses: 2 }, options()) as never,
      { ...empty, targets: Int32Array.of(0, 1) },
      "lengths must be from 1 to 2, got 0",
    ],
    [
      "TextClassifier",
      () => new TextClassifier({ ...TOKENS, numClasses: 2 }, options()) as never,
      { ...batch, lengths, targets: Int32Array.of(0, 2) },
      "targets must hold ids from 0 to 1, got 2",
    ],
    [
      "SequenceGenerator",
      () => new SequenceGenerator({ ...TOKENS, vectorSize: 2 }, options()) as never,
      { ...ignored, vectors },
      "targets must hold one that counts",
    ],
    [
      "SequenceGenerator",
      () => new SequenceGenerator({ ...TOKENS, vectorSize: 3 }, options()) as never,
      { ...batch, lengths, vectors, features },
      "vectors must hold 6 values",
    ],
  ])("that does not fit a %s is refused", (_, make, given, message) => {
    const model = make();
    expect(() => tf.tidy(() => (model.loss as (b: object, s: null) => void)(given, null))).toThrow(message);
    model.dispose();
  });

  it("of another shape is refused by a regression", () => {
    const model = new MarkovRegression({ order: 3, hiddenSizes: [2] }, options());
    const wrong = {
      inputs: new Float32Array(2),
      targets: new Float32Array(1),
      shape: [1, 2, 1],
      targetShape: [1, 1, 1],
    };
    expect(() => model.loss(wrong as never)).toThrow("MarkovRegression.loss: shape must be [B, 3, 1], got [1, 2, 1]");
    expect(() => tf.tidy(() => model.forecast(tf.zeros([1, 3, 1]), { numSteps: 0 }))).toThrow(
      "MarkovRegression: numSteps must be a positive integer, got 0",
    );
    model.dispose();
  });
});
