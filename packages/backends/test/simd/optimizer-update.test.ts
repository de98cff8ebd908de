import { globalNorm, optimizerUpdate, type OptimizerUpdate } from "@rnnkit/ops";
import { normal, xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useBackend } from "../../src/index.ts";

const UPDATES: OptimizerUpdate[] = [
  { kind: "sgd", learningRate: 0.1, gradientScale: 0.5 },
  { kind: "sgd", learningRate: 0.1, beta1: 0.9, gradientWeight: 1, weightDecay: 0.01 },
  { kind: "sgd", learningRate: 0.1, beta1: 0.9, gradientWeight: 1, isNesterov: true },
  { kind: "adam", learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rootScale: 3, parameterScale: 0.99 },
  { kind: "rmsprop", learningRate: 0.01, beta2: 0.99, epsilon: 1e-8 },
  { kind: "rmsprop", learningRate: 0.01, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 },
  { kind: "adagrad", learningRate: 0.01, epsilon: 1e-10, weightDecay: 0.1 },
];
const SHAPES = [[3, 5], [7], [1], [2, 2, 9]];

/** All variables after three steps. */
function run(update: OptimizerUpdate): number[] {
  const generator = xoshiro128(9);
  const draw = (shape: number[], sign: (x: number) => number = (x) => x) =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => sign(normal(generator))),
      shape,
    );
  return tf.tidy(() => {
    const targets = SHAPES.map((shape) => ({
      parameter: tf.variable(draw(shape)),
      gradient: draw(shape),
      ...(update.beta1 !== undefined && { first: tf.variable(draw(shape)) }),
      ...(update.kind !== "sgd" && { second: tf.variable(draw(shape, Math.abs)) }),
    }));
    for (let step = 0; step < 3; step++) optimizerUpdate(targets, update);
    const values = targets.flatMap((target) => Object.values(target).flatMap((tensor) => [...tensor.dataSync()]));
    for (const { gradient, ...variables } of targets) tf.dispose([gradient, ...Object.values(variables)]);
    return values;
  });
}

beforeAll(async () => {
  await useBackend({ name: "rnnkit-simd" });
});
afterEach(async () => {
  await tf.setBackend("rnnkit-simd");
});

describe("optimizerUpdate(targets, update) on rnnkit-simd", () => {
  it.each(UPDATES)("changes parameters and moments as it does composed: %o", async (update) => {
    const fused = run(update);
    await tf.setBackend("cpu");
    expectClose(fused, run(update));
  });

  it("leaves a clone of a parameter as it was", () => {
    const parameter = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    const before = parameter.clone();
    const gradient = tf.ones([3]);
    optimizerUpdate([{ parameter, gradient }], { kind: "sgd", learningRate: 1 });
    expect([...before.dataSync()]).toEqual([1, 2, 3]);
    expect([...parameter.dataSync()]).toEqual([0, 1, 2]);
    tf.dispose([parameter, before, gradient]);
  });

  it("refuses a gradient of another shape, and a missing second moment", () => {
    const parameter = tf.tidy(() => tf.variable(tf.zeros([3])));
    const [gradient, wrong] = [tf.zeros([3]), tf.zeros([2])];
    const sgd = { kind: "sgd", learningRate: 1 } as const;
    expect(() => optimizerUpdate([{ parameter, gradient: wrong }], sgd)).toThrow(
      "optimizerUpdate: gradient must have shape",
    );
    expect(() => optimizerUpdate([{ parameter, gradient }], { ...sgd, kind: "adam" })).toThrow(
      "optimizerUpdate: second must be there for adam, got none",
    );
    tf.dispose([parameter, gradient, wrong]);
  });
});

describe("globalNorm(gradients) on rnnkit-simd", () => {
  it.each([[[]], [[[3, 4]]], [[[1, 2], [2, 4], [-2], [0, 0, 2]]]])(
    "is the norm of all as one vector: %j",
    (vectors) => {
      const tensors = (vectors as number[][]).map((values) => tf.tensor1d(values));
      expect(tf.tidy(() => globalNorm(tensors).dataSync()[0])).toBeCloseTo(
        Math.hypot(...(vectors as number[][]).flat()),
      );
      tf.dispose(tensors);
    },
  );

  it("of long gradients is exact to rounding", () => {
    const ones = tf.ones([100_003]);
    expect(tf.tidy(() => globalNorm([ones]).dataSync()[0])).toBeCloseTo(Math.sqrt(100_003), 4);
    ones.dispose();
  });
});
