import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { LanguageModel, type LanguageModelConfig, type LanguageModelState } from "../../src/index.ts";

const generator = () => xoshiro128(11);
const CONFIG: LanguageModelConfig = { vocabSize: 7, kind: "lstm", hiddenSize: 5 };

describe("new LanguageModel(config, {generator})", () => {
  it("has the parameters of the same model in PyTorch", () => {
    const model = new LanguageModel({ ...CONFIG, numLayers: 2, embeddingSize: 3 }, { generator: generator() });
    expect(Object.entries(model.parameters).map(([name, { shape }]) => [name, shape])).toEqual([
      ["embedding.weight", [7, 3]],
      ["rnn.weight_ih_l0", [20, 3]],
      ["rnn.weight_hh_l0", [20, 5]],
      ["rnn.bias_ih_l0", [20]],
      ["rnn.bias_hh_l0", [20]],
      ["rnn.weight_ih_l1", [20, 5]],
      ["rnn.weight_hh_l1", [20, 5]],
      ["rnn.bias_ih_l1", [20]],
      ["rnn.bias_hh_l1", [20]],
      ["output.weight", [7, 5]],
      ["output.bias", [7]],
    ]);
    model.dispose();
  });

  it("depends on the seed alone", () => {
    const values = (seed: number) => {
      const model = new LanguageModel(CONFIG, { generator: xoshiro128(seed) });
      const all = Object.values(model.parameters).map((variable) => [...variable.dataSync()]);
      model.dispose();
      return all;
    };
    expect(values(1)).toEqual(values(1));
    expect(values(1)).not.toEqual(values(2));
  });

  it.each([
    [{ vocabSize: 0 }, "LanguageModel: vocabSize must be a positive integer, got 0"],
    [{ hiddenSize: 1.5 }, "LanguageModel: hiddenSize must be a positive integer, got 1.5"],
    [{ numLayers: -1 }, "LanguageModel: numLayers must be a positive integer, got -1"],
    [{ embeddingSize: NaN }, "LanguageModel: embeddingSize must be a positive integer, got NaN"],
    [{ kind: "toString" as never }, "LanguageModel: kind must be one of rnn-tanh, rnn-relu, gru, lstm, got toString"],
  ])("refuses %o", (change, message) => {
    expect(() => new LanguageModel({ ...CONFIG, ...change }, { generator: generator() })).toThrow(message);
  });
});

describe.each([undefined, 3])("with an embedding of %s", (embeddingSize) => {
  const make = () =>
    new LanguageModel({ ...CONFIG, ...(embeddingSize && { embeddingSize }) }, { generator: generator() });

  it("loss(batch, state) is the mean cross-entropy of logits(ids, state)", () => {
    const model = make();
    tf.tidy(() => {
      const batch = {
        inputs: Int32Array.of(0, 1, 2, 3, 4, 5),
        targets: Int32Array.of(1, 2, 3, 4, 5, 6),
        shape: [2, 3] as const,
      };
      const { meanLoss, count, state } = model.loss(batch, null);
      expect(count).toBe(6);
      const ids = tf.tensor2d(batch.inputs, [2, 3], "int32");
      const { logits, state: expectedState } = model.logits(ids, model.zeroState(2));
      expect(logits.shape).toEqual([6, 7]);
      const rows = tf.logSoftmax(logits).arraySync() as number[][];
      const nats = rows.map((row, i) => -row[batch.targets[i]!]!);
      expectClose(meanLoss.dataSync(), [nats.reduce((sum, value) => sum + value, 0) / 6]);
      expectClose(state[0]!.hidden.dataSync(), expectedState[0]!.hidden.dataSync());
    });
    model.dispose();
  });

  it("loss(batch, state) in two batches is loss at once", () => {
    const model = make();
    tf.tidy(() => {
      const loss = (from: number, to: number, state: LanguageModelState | null) => {
        const ids = Int32Array.of(0, 3, 5, 1, 2, 6, 4);
        return model.loss(
          { inputs: ids.slice(from, to), targets: ids.slice(from + 1, to + 1), shape: [1, to - from] },
          state,
        );
      };
      const first = loss(0, 2, null);
      const second = loss(2, 6, first.state);
      const whole = loss(0, 6, null);
      const sum = first.meanLoss.dataSync()[0]! * 2 + second.meanLoss.dataSync()[0]! * 4;
      expectClose([sum], [whole.meanLoss.dataSync()[0]! * 6]);
    });
    model.dispose();
  });

  it("loss(batch, state) refuses ids that are not in the vocabulary", () => {
    const model = make();
    const ids = Int32Array.of(0, 1);
    const wrong = Int32Array.of(0, 7);
    expect(() => model.loss({ inputs: wrong, targets: ids, shape: [1, 2] }, null)).toThrow(
      "LanguageModel.loss: inputs must hold ids from 0 to 6, got 7 at index 1",
    );
    expect(() => model.loss({ inputs: ids, targets: Int32Array.of(-1, 0), shape: [1, 2] }, null)).toThrow(
      "LanguageModel.loss: targets must hold ids from 0 to 6, got -1 at index 0",
    );
    model.dispose();
  });

  it("dispose() frees all, twice does no harm, and use after it throws", () => {
    const model = make();
    model.dispose();
    model.dispose();
    expect(() =>
      tf.tidy(() => void model.loss({ inputs: Int32Array.of(0), targets: Int32Array.of(0), shape: [1, 1] }, null)),
    ).toThrow("LanguageModel: already disposed");
    expect(() => model.parameters).toThrow("LanguageModel: already disposed");
  });
});
