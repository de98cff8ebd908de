import { decodingState, NUM_GATES, type DecodingArguments, type DecodingState, type RecurrentKind } from "@rnnkit/ops";
import { normal, xoshiro128 } from "@rnnkit/random";
import { expectClose, stepperContract } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
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
  { batchSize: 1, hiddenSize: 24, vocabSize: 70, embeddingSize: 13, numLayers: 1 },
];
const NUM_STEPS = 4;

/** Random weights and a random state. */
function model(kind: RecurrentKind, { batchSize, hiddenSize, vocabSize, embeddingSize, numLayers }: Sizes) {
  const generator = xoshiro128(5);
  const draw = (...shape: number[]) => {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => normal(generator) / 2);
    return tf.variable(tf.tensor(values, shape)) as never;
  };
  return tf.tidy(() => ({
    layers: Array.from({ length: numLayers }, (_, layer) => {
      const inputSize = layer > 0 ? hiddenSize : (embeddingSize ?? vocabSize);
      const rows = NUM_GATES[kind] * hiddenSize;
      return {
        inputWeight: draw(rows, inputSize),
        recurrentWeight: draw(rows, hiddenSize),
        ...(layer !== 1 && { inputBias: draw(rows), recurrentBias: draw(rows) }),
      };
    }),
    state: Array.from({ length: numLayers }, () => ({
      hidden: draw(batchSize, hiddenSize),
      ...(kind === "lstm" && { cell: draw(batchSize, hiddenSize) }),
    })),
    ...(embeddingSize !== undefined && { embedding: draw(vocabSize, embeddingSize) }),
    output: { weight: draw(vocabSize, hiddenSize), bias: draw(vocabSize) },
  })) as unknown as DecodingArguments<RecurrentKind>;
}

/** The logits of a few steps, between which the rows are turned and the first is repeated. */
async function decode(kind: RecurrentKind, sizes: Sizes): Promise<number[]> {
  const args = model(kind, sizes);
  const logits: number[] = [];
  let state = decodingState(kind, args);
  const replace = (next: DecodingState) => {
    state.dispose();
    state = next;
  };
  for (let step = 0; step < NUM_STEPS; step++) {
    const result = await state.step(
      Int32Array.from({ length: state.batchSize }, (_, row) => (step * 5 + row * 3) % sizes.vocabSize),
    );
    logits.push(...result.logits);
    replace(result.state);
    replace(state.select(Int32Array.from({ length: state.batchSize + 1 }, (_, i) => (i + 1) % state.batchSize)));
  }
  state.dispose();
  tf.dispose(args as never);
  return logits;
}

beforeAll(async () => {
  await useBackend({ name: "rnnkit-simd" });
});
afterEach(async () => {
  await tf.setBackend("rnnkit-simd");
});

describe.each(KINDS)("decodingState(%s, ...) on rnnkit-simd", (kind) => {
  it.each(SIZES)("steps to what it gives composed: %o", async (sizes) => {
    const fused = await decode(kind, sizes);
    await tf.setBackend("cpu");
    expectClose(fused, await decode(kind, sizes), { label: "logits" });
  });
});

describe("a stepper over decodingState on rnnkit-simd", () => {
  const made: DecodingArguments<RecurrentKind>[] = [];
  afterEach(() => {
    tf.dispose(made.splice(0) as never);
  });
  stepperContract("it", () => ({
    vocabSize: 6,
    start(batchSize) {
      const isPositive = Number.isSafeInteger(batchSize) && batchSize > 0;
      if (!isPositive) throw new RangeError(`batchSize must be positive, got ${batchSize}`);
      const args = model("lstm", { batchSize: 1, hiddenSize: 12, vocabSize: 6, embeddingSize: 3, numLayers: 2 });
      made.push(args);
      const one = decodingState("lstm", args);
      const state = one.select(new Int32Array(batchSize));
      one.dispose();
      return state;
    },
    step: (tokens, state: DecodingState) => state.step(tokens),
    select: (state, rows) => state.select(rows),
    dispose: (state) => state.dispose(),
  }));
});

describe("decodingState(kind, args) on rnnkit-simd", () => {
  const ones = (...shape: number[]) => tf.tidy(() => tf.variable(tf.ones(shape))) as never;
  const small = (): DecodingArguments<"rnn-tanh"> => ({
    state: [{ hidden: ones(1, 8) }],
    layers: [{ inputWeight: ones(8, 2), recurrentWeight: ones(8, 8) }],
    embedding: ones(3, 2),
    output: { weight: ones(3, 8) },
  });
  const zero = (variable: tf.Tensor) => tf.tidy(() => (variable as tf.Variable).assign(tf.zeros(variable.shape)));
  const logit = async (state: DecodingState, token = 1) => {
    const { logits, state: next } = await state.step(Int32Array.of(token));
    next.dispose();
    return logits[0]!;
  };

  it("gives the same on one thread and on two, to the bit", async () => {
    const wide = { batchSize: 24, hiddenSize: 128, vocabSize: 900, embeddingSize: 5, numLayers: 2 };
    await useBackend({ name: "rnnkit-simd", numThreads: 2 });
    const two = await decode("lstm", wide);
    await useBackend({ name: "rnnkit-simd", numThreads: 1 });
    expect(await decode("lstm", wide)).toEqual(two);
  });

  it("packs anew when a weight has changed, and the state goes on", async () => {
    const args = small();
    const state = decodingState("rnn-tanh", args);
    expect(await logit(state)).toBeCloseTo(8 * Math.tanh(10), 5);
    zero(args.layers[0]!.recurrentWeight);
    expect(await logit(state)).toBeCloseTo(8 * Math.tanh(2), 5);
    zero(args.embedding!);
    expect(await logit(state)).toBe(0);
    state.dispose();
    tf.dispose(args as never);
  });

  it("follows its weights to another backend and back", async () => {
    const args = small();
    const state = decodingState("rnn-tanh", args);
    const before = await logit(state);
    await tf.setBackend("wasm");
    for (const tensor of [args.embedding!, args.output.weight]) tf.dispose(tf.add(tensor, 1)); // which moves them
    expect(await logit(state)).toBe(before);
    await tf.setBackend("rnnkit-simd");
    expect(await logit(state)).toBe(before);
    state.dispose();
    tf.dispose(args as never);
  });

  it("frees what it packed together with the weights, and the states on their own", async () => {
    const usedBefore = activeSimd()!.usedBytes;
    const args = small();
    const state = decodingState("rnn-tanh", args);
    const { state: next } = await state.step(Int32Array.of(1));
    const selected = next.select(Int32Array.of(0, 0));
    for (const each of [state, next, selected]) each.dispose();
    selected.dispose(); // does nothing
    tf.dispose(args as never);
    expect(activeSimd()!.usedBytes).toBe(usedBefore);
    expect(() => selected.step(Int32Array.of(0, 0))).toThrow("DecodingState: already disposed");
  });

  it("refuses a bad token and weights that are gone, and leaves nothing", () => {
    const args = small();
    const state = decodingState("rnn-tanh", args);
    void state.step(Int32Array.of(0));
    const { usedBytes } = activeSimd()!;
    expect(() => state.step(Int32Array.of(3))).toThrow("DecodingState.step: tokens must be ids from 0 to 2, got 3");
    expect(() => state.step(Int32Array.of(0, 0))).toThrow("DecodingState.step: tokens must be 1, one a row, got 2");
    expect(activeSimd()!.usedBytes).toBe(usedBytes);
    tf.dispose(args as never);
    expect(() => state.step(Int32Array.of(0))).toThrow("weights must not be disposed");
    state.dispose();
  });
});
