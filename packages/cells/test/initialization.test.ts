import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, describe, expect, it } from "vitest";
import {
  glorotUniformVariable,
  gruCell,
  lstmCell,
  orthogonalVariable,
  recurrentLayers,
  type LSTMOptions,
} from "../src/index.ts";

const sizes = { inputSize: 20, hiddenSize: 25 };

function valuesOf(options: Partial<LSTMOptions>, seed = 3): Record<string, Float32Array> {
  const cell = lstmCell({ ...sizes, ...options, generator: xoshiro128(seed) });
  const values = Object.entries(cell.parameters).map(([name, variable]) => [name, variable.dataSync()] as const);
  cell.dispose();
  return Object.fromEntries(values) as Record<string, Float32Array>;
}

const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

describe("initialization: pytorch", () => {
  it("fills U(-1/√H, 1/√H) in every weight and bias, also with a projection", () => {
    const all = Object.values(valuesOf({ projectionSize: 5 })).flatMap((values) => [...values]);
    expect(all).toHaveLength(100 * 20 + 100 * 5 + 200 + 5 * 25);
    expect(Math.max(...all)).toBeLessThanOrEqual(0.2);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(-0.2);
    expect(moments(Float32Array.from(all)).variance).toBeCloseTo(0.2 ** 2 / 3, 3);
  });
});

describe("initialization: keras", () => {
  it("draws Glorot uniform and orthogonal weights, and biases of 0 but for the forget gate's, which is 1", () => {
    const { weight_ih, weight_hh, bias_ih, bias_hh } = valuesOf({ initialization: "keras" });
    const bound = Math.sqrt(6 / (20 + 100));
    expect(Math.max(...weight_ih!.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(moments(weight_ih!).variance).toBeCloseTo(bound ** 2 / 3, 2);
    tf.tidy(() => {
      const weight = tf.tensor2d(weight_hh!, [100, 25]);
      expectClose(tf.matMul(weight, weight, true).dataSync(), tf.eye(25).dataSync());
    });
    expect([...bias_ih!]).toEqual(Array.from({ length: 100 }, (_, i) => (i >= 25 && i < 50 ? 1 : 0)));
    expect([...bias_hh!]).toEqual(Array.from({ length: 100 }, () => 0));
  });

  it("gives a GRU biases of 0", () => {
    const cell = gruCell({ ...sizes, numBiases: 1, initialization: "keras", generator: xoshiro128(1) });
    expect([...cell.parameters["bias_ih"]!.dataSync()].every((value) => value === 0)).toBe(true);
    cell.dispose();
  });
});

describe("initialization: d2l", () => {
  it("draws weights from N(0, 0.01²), biases of 0", () => {
    const { weight_ih, weight_hh, bias_ih } = valuesOf({ initialization: "d2l", numBiases: 1 });
    for (const weight of [weight_ih!, weight_hh!]) {
      const { mean, variance } = moments(weight);
      expect(mean).toBeCloseTo(0, 3);
      expect(Math.sqrt(variance)).toBeCloseTo(0.01, 3);
    }
    expect([...bias_ih!].every((value) => value === 0)).toBe(true);
  });
});

describe("initial parameters", () => {
  it.each(["pytorch", "keras", "d2l"] as const)(
    "of %s depend on the seed alone, on no backend",
    async (initialization) => {
      const expected = valuesOf({ initialization });
      expect(valuesOf({ initialization })).toEqual(expected);
      expect(valuesOf({ initialization }, 4)).not.toEqual(expected);
      await tf.setBackend("wasm");
      expect(valuesOf({ initialization })).toEqual(expected);
      await tf.setBackend("cpu");
    },
  );
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(["pytorch", "keras", "d2l"] as const)(
    "of %s take another forgetBias, and hold it in one bias",
    (initialization) => {
      const { bias_ih, bias_hh } = valuesOf({ initialization, forgetBias: 0.5 });
      expect(Array.from(bias_ih!.subarray(25, 50))).toEqual(Array.from({ length: 25 }, () => 0.5));
      expect(Array.from(bias_hh!.subarray(25, 50))).toEqual(Array.from({ length: 25 }, () => 0));
      const plain = valuesOf({ initialization });
      expect(bias_ih!.slice(50)).toEqual(plain["bias_ih"]!.slice(50));
    },
  );

  it("of layer normalisation change nothing: gains of 1 and a bias of 0", () => {
    const values = valuesOf({ hasLayerNorm: true });
    for (const name of ["norm_ih", "norm_hh", "norm_c"]) expect(values[name]!.every((value) => value === 1)).toBe(true);
    expect(values["norm_c_bias"]!.every((value) => value === 0)).toBe(true);
  });

  it("of layers differ from layer to layer", () => {
    const layers = recurrentLayers("gru", { ...sizes, inputSize: 25, numLayers: 2, generator: xoshiro128(1) });
    const [first, second] = ["weight_ih_l0", "weight_ih_l1"].map((name) => layers.parameters[name]!.dataSync());
    expect(first).not.toEqual(second);
    layers.dispose();
  });
});

describe("orthogonalVariable(generator, {shape})", () => {
  it.each([
    [1, 1],
    [7, 3],
    [3, 7],
    [40, 40],
  ])("of [%i, %i] has orthonormal columns, or rows where these are fewer", (rows, columns) => {
    tf.tidy(() => {
      const q = orthogonalVariable(xoshiro128(2), { shape: [rows, columns] }) as tf.Variable<tf.Rank.R2>;
      expect(q.shape).toEqual([rows, columns]);
      const product = rows >= columns ? tf.matMul(q, q, true) : tf.matMul(q, q, false, true);
      expectClose(product.dataSync(), tf.eye(Math.min(rows, columns)).dataSync());
      q.dispose();
    });
  });

  it("has columns of either sign: one of a single number is 1 or -1", () => {
    const signs = Array.from({ length: 20 }, (_, seed) => {
      const variable = orthogonalVariable(xoshiro128(seed), { shape: [1, 1] });
      const [value] = variable.dataSync();
      variable.dispose();
      return value;
    });
    expect(new Set(signs)).toEqual(new Set([1, -1]));
  });
});

it("glorotUniformVariable(generator, {shape}) fills U(-b, b) with b = √(6/(I + O))", () => {
  const variable = glorotUniformVariable(xoshiro128(2), { shape: [40, 14] });
  const values = [...variable.dataSync()];
  variable.dispose();
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1 / 3);
  expect(Math.max(...values)).toBeGreaterThan(0.32);
  expect(Math.min(...values)).toBeLessThan(-0.32);
});
