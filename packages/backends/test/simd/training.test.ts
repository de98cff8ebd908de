import { embeddingLookup, softmaxCrossEntropy } from "@rnnkit/ops";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { languageModel } from "./language-model.ts";
import { reals } from "./op-cases.ts";
import { onBackend, simdMemory, useSimd } from "./use-simd.ts";

useSimd({ numThreads: 2 });

describe("training on the rnnkit-simd backend", () => {
  it("has the losses of the cpu backend, step after step", async () => {
    const losses = () => {
      const model = languageModel();
      const values = Array.from({ length: 8 }, () => model.step());
      model.dispose();
      return values;
    };
    const expected = await onBackend("cpu", losses);
    expectClose(losses(), expected, { tolerance: 1e-4 });
    expect(expected.at(-1)).toBeLessThan(expected[0]! - 0.05);
  });

  it("leaves no tensor and no memory behind over 1000 steps", () => {
    const model = languageModel();
    model.step();
    const [tensors, memory] = [tf.memory().numTensors, simdMemory()];
    for (let i = 0; i < 1000; i++) model.step();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(simdMemory()).toEqual(memory);
    model.dispose();
  });

  it.each<[string, () => tf.LayersModel, number[], string]>([
    [
      "an LSTM",
      () =>
        tf.sequential({
          layers: [
            tf.layers.lstm({
              units: 8,
              inputShape: [6, 5],
              ...initializers(),
              recurrentInitializer: initializers(2).kernelInitializer,
            }),
            tf.layers.dense({ units: 4, activation: "softmax", ...initializers(3) }),
          ],
        }),
      [7, 6, 5],
      "adam",
    ],
    [
      "a dense net",
      () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ units: 9, activation: "relu", inputShape: [5], ...initializers() }),
            tf.layers.dropout({ rate: 0 }),
            tf.layers.dense({ units: 4, activation: "softmax", ...initializers(2) }),
          ],
        }),
      [17, 5],
      "sgd",
    ],
    [
      "a convolutional net",
      () =>
        tf.sequential({
          layers: [
            tf.layers.conv2d({
              filters: 3,
              kernelSize: 3,
              activation: "relu",
              inputShape: [6, 6, 2],
              ...initializers(),
            }),
            tf.layers.maxPooling2d({ poolSize: 2 }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 4, activation: "softmax", ...initializers(2) }),
          ],
        }),
      [3, 6, 6, 2],
      "adam",
    ],
  ])(
    "trains %s of tf.layers as the cpu backend does, and leaves nothing behind",
    async (_, build, shape, optimizer) => {
      const losses = async () => {
        const model = build();
        model.compile({ optimizer, loss: "categoricalCrossentropy" });
        const x = reals(shape, 5);
        const y = tf.tidy(() =>
          tf
            .oneHot(
              tf.tensor1d(
                Array.from({ length: shape[0]! }, (_, i) => i % 4),
                "int32",
              ),
              4,
            )
            .toFloat(),
        );
        const values: number[] = [];
        let memory = 0;
        for (let i = 0; i < 12; i++) {
          values.push((await model.trainOnBatch(x, y)) as number);
          if (i === 2) memory = tf.memory().numTensors;
        }
        expect(tf.memory().numTensors).toBe(memory);
        const { history } = await model.fit(x, y, { epochs: 2, batchSize: 4, shuffle: false, verbose: 0 });
        values.push(...(history["loss"] as number[]));
        tf.dispose([x, y]);
        model.dispose();
        (model as tf.Sequential).optimizer.dispose();
        return values;
      };
      const expected = await onBackend("cpu", losses);
      const before = simdMemory();
      const actual = await losses();
      expect(simdMemory()).toEqual(before);
      expectClose(actual, expected, { tolerance: 2e-4 });
      expect(expected.at(-1)).toBeLessThan(expected[0]!);
    },
  );
});

describe("fused operations on the rnnkit-simd backend", () => {
  const both = async (compute: () => tf.Tensor[]) => {
    const values = () => tf.tidy(() => compute().map((tensor) => [...tensor.dataSync()]));
    return { expected: await onBackend("cpu", values), actual: values() };
  };
  const expectAllClose = ({ actual, expected }: { actual: number[][]; expected: number[][] }) => {
    for (const [i, values] of expected.entries())
      expectClose(actual[i]!, values, { tolerance: 1e-5, label: `result ${i}` });
  };

  it.each([
    { vocabSize: 1, width: 1, shape: [1] },
    { vocabSize: 7, width: 5, shape: [3, 4] },
    { vocabSize: 33, width: 17, shape: [2, 3, 5] },
    { vocabSize: 3, width: 4, shape: [0] },
  ])("embeddingLookup has the values and gradients of the composed one: %o", async ({ vocabSize, width, shape }) => {
    const results = await both(() => {
      const count = shape.reduce((a, b) => a * b, 1);
      const ids = tf.tensor(
        Array.from({ length: count }, (_, i) => (i * 5) % vocabSize),
        shape,
        "int32",
      );
      const lookup = (table: tf.Tensor) => embeddingLookup(table as tf.Tensor2D, ids);
      const table = reals([vocabSize, width]);
      return [lookup(table), tf.grad((x) => tf.sum(tf.mul(lookup(x), reals([...shape, width], 2))))(table)];
    });
    expectAllClose(results);
  });

  it.each([
    { rows: 1, vocabSize: 1 },
    { rows: 5, vocabSize: 7, isMasked: true },
    { rows: 33, vocabSize: 30, labelSmoothing: 0.2 },
    { rows: 9, vocabSize: 65, labelSmoothing: 0.1, isMasked: true },
  ])(
    "softmaxCrossEntropy has the values and gradients of the composed one: %o",
    async ({ rows, vocabSize, ...options }) => {
      const results = await both(() => {
        const targets = tf.tensor1d(
          Array.from({ length: rows }, (_, i) => (i * 5) % vocabSize),
          "int32",
        );
        const mask =
          "isMasked" in options ? tf.tensor1d(Array.from({ length: rows }, (_, i) => (i % 3) / 2)) : undefined;
        const labelSmoothing = "labelSmoothing" in options ? options.labelSmoothing! : 0;
        const losses = (x: tf.Tensor) =>
          softmaxCrossEntropy(x as tf.Tensor2D, targets, { ...(mask && { mask }), labelSmoothing });
        const logits = tf.mul(reals([rows, vocabSize]), 4);
        return [losses(logits), tf.grad((x) => tf.sum(tf.mul(losses(x), reals([rows], 2))))(logits)];
      });
      expectAllClose(results);
    },
  );
});

function initializers(seed = 1) {
  return { kernelInitializer: tf.initializers.glorotUniform({ seed }) };
}
