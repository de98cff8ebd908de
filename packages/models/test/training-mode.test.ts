import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { LanguageModel, Tagger, TextClassifier } from "../src/index.ts";
import { dropLocked } from "../src/modules/drop-locked.ts";
import { tokenEmbedding } from "../src/modules/token-embedding.ts";

const training = (seed = 7) => ({ generator: xoshiro128(seed), step: 0 });
const SIZES = { vocabSize: 6, hiddenSize: 5, embeddingSize: 4, kind: "lstm" } as const;
const batch = {
  inputs: Int32Array.of(1, 2, 3, 4, 5, 0),
  targets: Int32Array.of(2, 3, 4, 5, 0, 1),
  shape: [2, 3] as const,
  lengths: Int32Array.of(3, 2),
};
const rows = { ...batch, targets: Int32Array.of(1, 0) };

describe.each([
  ["dropout", { numLayers: 2, dropout: 0.5 }],
  ["inputDropout", { inputDropout: 0.5 }],
  ["recurrentDropout", { recurrentDropout: 0.5 }],
  ["hiddenZoneout", { hiddenZoneout: 0.5 }],
  ["embeddingDropout", { embeddingDropout: 0.5 }],
  ["outputDropout", { outputDropout: 0.5 }],
])("%s", (_, options) => {
  it.each([
    ["LanguageModel", () => new LanguageModel({ ...SIZES, ...options }, { generator: xoshiro128(1) }), batch],
    ["Tagger", () => new Tagger({ ...SIZES, ...options, numTags: 6 }, { generator: xoshiro128(1) }), batch],
    [
      "TextClassifier",
      () => new TextClassifier({ ...SIZES, ...options, numClasses: 2 }, { generator: xoshiro128(1) }),
      rows,
    ],
  ])("changes the loss of a %s in training alone, and in the same way for the same draws", (_name, make, given) => {
    const model = make();
    const lossOf = (step?: ReturnType<typeof training>) =>
      tf.tidy(() => (model as LanguageModel).loss(given, null, step).meanLoss.dataSync()[0]);
    expect(lossOf()).toBe(lossOf());
    expect(lossOf(training())).toBe(lossOf(training()));
    expect(lossOf(training())).not.toBe(lossOf());
    expect(lossOf(training(7))).not.toBe(lossOf(training(8)));
    model.dispose();
  });
});

it("labelSmoothing changes the objective in training, not the mean loss", () => {
  const model = new LanguageModel({ ...SIZES, labelSmoothing: 0.2 }, { generator: xoshiro128(1) });
  tf.tidy(() => {
    const evaluated = model.loss(batch, null);
    const trained = model.loss(batch, null, training());
    expect(evaluated.objective).toBeUndefined();
    expectClose(trained.meanLoss.dataSync(), evaluated.meanLoss.dataSync());
    const { logits } = model.logits(tf.tensor2d(batch.inputs, [2, 3], "int32"), model.zeroState(2), batch);
    const uniform = tf.mul(-1 / 6, tf.sum(tf.logSoftmax(logits), 1)); // [B·T], against the uniform distribution
    const kept =
      Array.from(uniform.dataSync() as Float32Array)
        .slice(0, 5)
        .reduce((sum, nats) => sum + nats) / 5;
    expectClose(trained.objective!.dataSync(), [0.8 * evaluated.meanLoss.dataSync()[0]! + 0.2 * kept]);
  });
  model.dispose();
});

it("dropLocked(features, { rate, training }) drops the same features in all steps of a row, and keeps the mean", () => {
  tf.tidy(() => {
    const dropped = dropLocked(tf.ones([50, 3, 40]), { rate: 0.25, training: training() }).arraySync();
    for (const [first, second, third] of dropped) {
      expect(second).toEqual(first);
      expect(third).toEqual(first);
    }
    const all = dropped.flat(2);
    expect(new Set(all)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    expect(Math.abs(all.reduce((sum, value) => sum + value) / all.length - 1)).toBeLessThan(0.05);
  });
});

it("tokenEmbedding drops a token wherever it stands in the batch", () => {
  const embedding = tokenEmbedding(xoshiro128(1), { vocabSize: 30, embeddingSize: 2, dropout: 0.5 });
  tf.tidy(() => {
    const ids = Array.from({ length: 60 }, (_, i) => i % 30);
    const read = embedding.rows(tf.tensor2d(ids, [2, 30], "int32"), training()).arraySync();
    expect(read[0]).toEqual(read[1]);
    const table = embedding.table!.arraySync();
    const isDropped = read[0]!.map((row, id) => row.every((value, i) => value === 0 && table[id]![i] !== 0));
    expect(isDropped).toContain(true);
    expect(isDropped).toContain(false);
    for (const [id, row] of read[0]!.entries())
      if (!isDropped[id])
        expectClose(
          row,
          table[id]!.map((x) => 2 * x),
        );
  });
  embedding.dispose();
});
