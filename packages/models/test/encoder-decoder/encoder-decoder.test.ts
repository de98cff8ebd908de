import { xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import {
  EncoderDecoder,
  encoderDecoderLoss,
  type EncoderDecoderBatch,
  type EncoderDecoderConfig,
} from "../../src/index.ts";

const CONFIG: EncoderDecoderConfig = {
  sourceVocabSize: 7,
  targetVocabSize: 6,
  kind: "gru",
  embeddingSize: 3,
  hiddenSize: 4,
  numLayers: 2,
};
const BATCH: EncoderDecoderBatch = {
  sources: Int32Array.of(3, 1, 4, 5, 0, 0),
  sourceShape: [2, 3],
  sourceLengths: Int32Array.of(3, 1),
  inputs: Int32Array.of(2, 4, 5, 2, 1, 0),
  targets: Int32Array.of(4, 5, 3, 1, 3, 0),
  shape: [2, 3],
  lengths: Int32Array.of(3, 2),
};

function withModel(config: Partial<EncoderDecoderConfig>, body: (model: EncoderDecoder) => void): void {
  const model = new EncoderDecoder({ ...CONFIG, ...config }, { generator: xoshiro128(1) });
  try {
    body(model);
  } finally {
    model.dispose();
  }
}

const lossOf =
  (...args: Parameters<EncoderDecoder["loss"]>) =>
  (model: EncoderDecoder) =>
    tf.tidy(() => model.loss(...args).meanLoss.dataSync()[0]!);

describe("new EncoderDecoder(config)", () => {
  it.each<[Partial<EncoderDecoderConfig>, string]>([
    [{ kind: "elman" as never }, "kind must be one of rnn-tanh, rnn-relu, gru, lstm, got elman"],
    [{ hiddenSize: 0 }, "hiddenSize must be a positive integer, got 0"],
    [{ embeddingSize: undefined as never }, "embeddingSize must be a positive integer, got undefined"],
    [{ dropout: 1 }, "dropout must be at least 0 and below 1, got 1"],
    [{ dropout: 0.1, numLayers: 1 }, "dropout must be 0 of one layer without attention, got 0.1"],
    [{ bridge: "sum" }, "bridge must be copy or linear of an encoder of one direction, got sum"],
    [{ bridge: "copy", isBidirectional: true }, "bridge must be sum or linear of a bidirectional encoder, got copy"],
    [{ readsPadding: 1 as never }, "readsPadding must be a boolean, got 1"],
    [{ attention: { score: "cosine" as never } }, "attention.score must be one of additive, dot, scaled-dot, general"],
    [{ attention: { score: "dot" }, isBidirectional: true }, "attention.score must be additive or general where"],
    [{ attention: { score: "dot", place: "beside" as never } }, "attention.place must be before or after, got beside"],
    [{ attention: { score: "dot", hasInputFeeding: true } }, "attention.hasInputFeeding must be false where"],
    [{ attention: null as never }, "attention must be an object, got null"],
  ])("refuses %o", (change, message) => {
    expect(() => new EncoderDecoder({ ...CONFIG, ...change }, { generator: xoshiro128(1) })).toThrow(
      `EncoderDecoder: ${message}`,
    );
  });

  it("draws xavier as d2l: matrices within √(6/(rows + columns)) and near it, embeddings and biases as PyTorch", () => {
    const options = { generator: xoshiro128(1), initialization: "xavier" } as const;
    const model = new EncoderDecoder({ ...CONFIG, hiddenSize: 32, attention: { score: "additive" } }, options);
    for (const [name, variable] of Object.entries(model.parameters)) {
      const largest = Math.max(...variable.dataSync().map(Math.abs));
      const bound = Math.sqrt(6 / (variable.shape[0]! + (variable.shape[1] ?? 0)));
      const [low, high] = name.includes("embedding")
        ? [1.2, Infinity] // N(0, 1)
        : variable.rank === 1
          ? [0, 1 / Math.sqrt(32)]
          : [0.85 * bound, 1.000001 * bound];
      expect(largest, name).toBeGreaterThan(low);
      expect(largest, name).toBeLessThanOrEqual(high);
    }
    model.dispose();
  });
});

describe("model.loss(batch, null, training)", () => {
  it.each<[Partial<EncoderDecoderBatch>, string]>([
    [
      { sourceLengths: Int32Array.of(0, 1) },
      "EncoderDecoder.encode: sourceLengths must be from 1 to 3, got 0 at index 0",
    ],
    [
      { sourceLengths: Int32Array.of(3, 4) },
      "EncoderDecoder.encode: sourceLengths must be from 1 to 3, got 4 at index 1",
    ],
    [
      { sources: new Int32Array(0), sourceShape: [0, 3], sourceLengths: new Int32Array(0), shape: [0, 3] },
      "must hold at least one value, got shape [0, 3]",
    ],
    [{ sourceLengths: Int32Array.of(3) }, "EncoderDecoder.encode: sourceLengths must hold 2 values, [2], got 1"],
    [
      { lengths: Int32Array.of(0, 0) },
      "EncoderDecoder.loss: lengths must leave a target that counts, got 0 for every row",
    ],
    [{ lengths: Int32Array.of(4, 1) }, "EncoderDecoder.loss: lengths must be from 0 to 3, got 4 at index 0"],
    [{ sources: Int32Array.of(7, 1, 4, 5, 0, 0) }, "EncoderDecoder.encode: sources must hold ids from 0 to 6, got 7"],
    [{ targets: Int32Array.of(6, 5, 3, 1, 3, 0) }, "EncoderDecoder.loss: targets must hold ids from 0 to 5, got 6"],
    [{ inputs: Int32Array.of(2) }, "EncoderDecoder.loss: inputs must hold 6 values, [2, 3], got 1"],
    [{ shape: [3, 2] }, "EncoderDecoder.loss: shape must have a row for each of 2 sources, got 3"],
  ])("refuses %o", (change, message) => {
    withModel({}, (model) => expect(() => model.loss({ ...BATCH, ...change }, null)).toThrow(message));
  });

  it("depends on nothing beyond the lengths, but for a model that reads padding", () => {
    const sources = Int32Array.of(3, 1, 4, 5, 6, 2);
    const targets = Int32Array.of(4, 5, 3, 1, 3, 5);
    for (const attention of [undefined, { score: "additive" } as const]) {
      const form = attention ? { attention } : {};
      withModel(form, (model) =>
        expect(lossOf({ ...BATCH, sources, targets }, null)(model)).toBe(lossOf(BATCH, null)(model)),
      );
      withModel({ ...form, readsPadding: true }, (model) =>
        expect(lossOf({ ...BATCH, sources }, null)(model)).not.toBe(lossOf(BATCH, null)(model)),
      );
    }
  });

  it("drops in training alone, as its generator draws", () => {
    withModel({ dropout: 0.4, attention: { score: "scaled-dot" } }, (model) => {
      const trained = (seed: number) => lossOf(BATCH, null, { generator: xoshiro128(seed), step: 1 })(model);
      expect(trained(1)).toBe(trained(1));
      expect(trained(1)).not.toBe(trained(2));
      const evaluated = lossOf(BATCH, null)(model);
      expect(evaluated).toBe(lossOf(BATCH, null)(model));
      expect(trained(1)).not.toBe(evaluated);
      // The mean over many masks is near the loss without any, which masks of the wrong scale would miss.
      const mean = Array.from({ length: 200 }, (_, seed) => trained(seed)).reduce((a, b) => a + b) / 200;
      expect(Math.abs(mean - evaluated)).toBeLessThan(0.05);
    });
  });

  it("samples its own tokens as often as the schedule of the step says", () => {
    withModel({}, (model) => {
      const asked: number[] = [];
      const loss = encoderDecoderLoss(model, {
        scheduledSampling: { goldProbability: (step) => (asked.push(step), step === 1 ? 1 : 0), choice: "drawn" },
      });
      const at = (step: number, seed = 1) =>
        tf.tidy(() => loss(BATCH, null, { generator: xoshiro128(seed), step }).meanLoss.dataSync()[0]!);
      expect(at(1)).toBe(lossOf(BATCH, null)(model));
      expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => at(2, seed))).size).toBeGreaterThan(1);
      expect(asked.slice(0, 2)).toEqual([1, 2]);
      tf.tidy(() => void loss(BATCH, null)); // in evaluation nobody asks
      expect(asked).toHaveLength(7);
      const impossible = encoderDecoderLoss(model, { scheduledSampling: { goldProbability: () => 1.5 } });
      expect(() => impossible(BATCH, null, { generator: xoshiro128(1), step: 3 })).toThrow(
        "scheduledSampling: goldProbability must be from 0 to 1, got 1.5 for step 3",
      );
    });
  });

  it("has the gradients of its finite differences, with dropout on", () => {
    withModel({ dropout: 0.3, attention: { score: "additive" } }, (model) => {
      const train = () => ({ generator: xoshiro128(3), step: 1 });
      tf.tidy(() => {
        for (const variable of Object.values(model.parameters)) variable.assign(tf.mul(variable, 3)); // steeper
      });
      const grads = tf.tidy(() => tf.variableGrads(() => model.loss(BATCH, null, train()).meanLoss).grads);
      for (const name of ["decoder.attention.vector.weight", "encoder.rnn.weight_ih_l0", "decoder.embedding.weight"]) {
        const variable = model.parameters[name]!;
        const values = variable.dataSync().slice();
        const gradient = grads[variable.name]!.dataSync();
        const direction = gradient.map((value) => value / Math.hypot(...gradient));
        const at = (step: number) => {
          tf.tidy(() =>
            variable.assign(
              tf.tensor(
                values.map((value, i) => value + step * direction[i]!),
                variable.shape,
              ),
            ),
          );
          return lossOf(BATCH, null, train())(model);
        };
        const slope = (at(0.01) - at(-0.01)) / 0.02;
        at(0);
        expect(Math.abs(slope / Math.hypot(...gradient) - 1), name).toBeLessThan(0.01);
      }
      tf.dispose(grads);
    });
  });

  it("throws after dispose, which may be called twice", () => {
    const model = new EncoderDecoder(CONFIG, { generator: xoshiro128(1) });
    model.dispose();
    model.dispose();
    expect(() => model.loss(BATCH, null)).toThrow("EncoderDecoder: already disposed");
  });
});
