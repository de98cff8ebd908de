import { decodingStep, NUM_GATES, type RecurrentKind, type RecurrentState } from "@rnnkit/ops";
import { normal, xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useBackend } from "../../src/index.ts";
import { activeSimd } from "../../src/simd/register-simd.ts";

interface Sizes {
  readonly batchSize: number;
  readonly hiddenSize: number;
  readonly vocabSize: number;
  readonly embeddingSize?: number;
  readonly numLayers: number;
}

const KINDS: RecurrentKind[] = ["rnn-tanh", "rnn-relu", "gru", "lstm"];
const SIZES: Sizes[] = [
  { batchSize: 1, hiddenSize: 16, vocabSize: 11, numLayers: 1 },
  { batchSize: 1, hiddenSize: 9, vocabSize: 20, numLayers: 2 },
  { batchSize: 5, hiddenSize: 8, vocabSize: 7, embeddingSize: 3, numLayers: 3 },
  { batchSize: 1, hiddenSize: 24, vocabSize: 33, embeddingSize: 13, numLayers: 1 },
];
const NUM_STEPS = 4;

/** Logits of a few steps and the last state, as plain numbers. */
function decode(kind: RecurrentKind, { batchSize, hiddenSize, vocabSize, embeddingSize, numLayers }: Sizes) {
  const generator = xoshiro128(5);
  const draw = (...shape: number[]) => {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => normal(generator) / 2);
    return tf.tensor(values, shape) as never;
  };
  return tf.tidy(() => {
    const layers = Array.from({ length: numLayers }, (_, layer) => {
      const inputSize = layer > 0 ? hiddenSize : (embeddingSize ?? vocabSize);
      const rows = NUM_GATES[kind] * hiddenSize;
      return {
        inputWeight: draw(rows, inputSize),
        recurrentWeight: draw(rows, hiddenSize),
        ...(layer !== 1 && { inputBias: draw(rows), recurrentBias: draw(rows) }),
      };
    });
    let state = layers.map(() => ({
      hidden: draw(batchSize, hiddenSize),
      ...(kind === "lstm" && { cell: draw(batchSize, hiddenSize) }),
    })) as RecurrentState<RecurrentKind>[];
    const embedding = embeddingSize === undefined ? undefined : draw(vocabSize, embeddingSize);
    const output = { weight: draw(vocabSize, hiddenSize), bias: draw(vocabSize) };
    const logits: number[] = [];
    for (let step = 0; step < NUM_STEPS; step++) {
      const tokens = tf.tensor1d(
        Array.from({ length: batchSize }, (_, row) => (step * 5 + row * 3) % vocabSize),
        "int32",
      );
      const result = decodingStep(kind, { tokens, state, layers, embedding, output });
      logits.push(...result.logits.dataSync());
      state = result.state;
    }
    return { logits, state: state.flatMap((tensors) => Object.values(tensors).flatMap((t) => [...t.dataSync()])) };
  });
}

beforeAll(async () => {
  await useBackend({ name: "rnnkit-simd" });
});
afterEach(async () => {
  await tf.setBackend("rnnkit-simd");
});

describe.each(KINDS)("decodingStep(%s, ...) on rnnkit-simd", (kind) => {
  it.each(SIZES)("gives what it gives composed: %o", async (sizes) => {
    const fused = decode(kind, sizes);
    await tf.setBackend("cpu");
    const composed = decode(kind, sizes);
    expectClose(fused.logits, composed.logits, { label: "logits" });
    expectClose(fused.state, composed.state, { label: "state" });
  });
});

describe("decodingStep(kind, args) on rnnkit-simd", () => {
  const ones = (...shape: number[]) => tf.tidy(() => tf.variable(tf.ones(shape)));
  const weights = () => ({
    layers: [{ inputWeight: ones(8, 3), recurrentWeight: ones(8, 8) }] as never[],
    output: { weight: ones(3, 8) as never },
  });
  const step = ({ layers, output }: ReturnType<typeof weights>, token = 1) =>
    tf.tidy(() => {
      const state = [{ hidden: tf.zeros([1, 8]) as tf.Tensor2D }];
      const args = { tokens: tf.tensor1d([token], "int32"), state, layers, output };
      return decodingStep("rnn-tanh", args).logits.dataSync()[0]!;
    });

  it("packs anew when a weight has changed", () => {
    const model = weights();
    const before = step(model);
    const { inputWeight } = model.layers[0] as unknown as { inputWeight: tf.Variable };
    tf.tidy(() => inputWeight.assign(tf.zeros([8, 3])));
    expect(before).toBeCloseTo(8 * Math.tanh(1));
    expect(step(model)).toBe(0);
    tf.dispose([model.layers, model.output] as never[]);
  });

  it("frees what it packed together with the weights", () => {
    const usedBefore = activeSimd()!.usedBytes;
    const model = weights();
    step(model);
    tf.dispose([model.layers, model.output] as never[]);
    expect(activeSimd()!.usedBytes).toBe(usedBefore);
  });

  it("refuses a token that is not in the vocabulary, and leaves nothing", () => {
    const model = weights();
    step(model);
    const { numTensors } = tf.memory();
    const { usedBytes } = activeSimd()!;
    expect(() => step(model, 3)).toThrow("decodingStep: tokens must be ids from 0 to 2, got 3");
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(activeSimd()!.usedBytes).toBe(usedBytes);
    tf.dispose([model.layers, model.output] as never[]);
  });
});
