import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adam, adamW, clipByGlobalNorm, rmsprop, sgd, type Optimizer } from "../src/index.ts";

interface GoldenCase {
  readonly name: string;
  readonly optimizer: string;
  readonly maxNorm: number | null;
  readonly start: Record<string, number[]>;
  readonly gradients: Record<string, number[]>[];
  readonly norms: number[];
  readonly end: Record<string, number[]>;
}

const OPTIMIZERS: Record<string, () => Optimizer> = {
  sgd: () => sgd({ learningRate: 0.1 }),
  "sgd with momentum": () => sgd({ learningRate: 0.05, momentum: 0.9 }),
  "sgd with Nesterov momentum": () => sgd({ learningRate: 0.05, momentum: 0.9, isNesterov: true }),
  rmsprop: () => rmsprop(),
  "centered rmsprop with momentum": () =>
    rmsprop({ learningRate: 0.02, decay: 0.9, epsilon: 1e-4, momentum: 0.8, isCentered: true }),
  adam: () => adam(),
  "adam with other constants": () => adam({ learningRate: 0.02, beta1: 0.7, beta2: 0.95, epsilon: 1e-3 }),
  adamw: () => adamW(),
  "adamw with other constants": () => adamW({ learningRate: 0.05, beta1: 0.8, beta2: 0.9, weightDecay: 0.5 }),
};

const { source, cases } = golden<GoldenCase[]>(import.meta.url, "optimizers");

const tensors = (values: Record<string, number[]>) =>
  Object.fromEntries(Object.entries(values).map(([name, numbers]) => [name, tf.tensor1d(numbers)]));

describe.each(["cpu", "wasm"])("on the %s backend", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(cases)(`update(parameters, gradients) goes where ${source} goes: $name`, (testCase) => {
    const optimizer = OPTIMIZERS[testCase.optimizer]!();
    const parameters = tf.tidy(() =>
      Object.fromEntries(Object.entries(tensors(testCase.start)).map(([name, tensor]) => [name, tf.variable(tensor)])),
    );
    for (const [step, values] of testCase.gradients.entries()) {
      tf.tidy(() => {
        const { gradients, norm } = clipByGlobalNorm(tensors(values), { maxNorm: testCase.maxNorm ?? Infinity });
        expectClose(norm.dataSync(), [testCase.norms[step]!], { label: "norm", source });
        optimizer.update(parameters, gradients);
      });
    }
    for (const [name, values] of Object.entries(testCase.end)) {
      expectClose(parameters[name]!.dataSync(), values, { label: name, source });
    }
    optimizer.dispose();
    tf.dispose(parameters);
  });
});

describe("optimizers", () => {
  it.each(Object.entries(OPTIMIZERS))("%s starts afresh after dispose()", (_, make) => {
    const optimizer = make();
    const move = () => {
      const parameters = { a: tf.tidy(() => tf.variable(tf.tensor1d([1, 2]))) };
      for (const gradient of [1, -3, 2]) tf.tidy(() => optimizer.update(parameters, { a: tf.tensor1d([gradient, 1]) }));
      const values = [...parameters.a.dataSync()];
      tf.dispose(parameters);
      optimizer.dispose();
      return values;
    };
    expect(move()).toEqual(move());
  });

  it("leave a parameter without a gradient alone", () => {
    const optimizer = adam();
    const parameters = tf.tidy(() => ({ a: tf.variable(tf.tensor1d([1])), b: tf.variable(tf.tensor1d([5])) }));
    tf.tidy(() => optimizer.update(parameters, { a: tf.tensor1d([1]) }));
    expect(parameters.b.dataSync()[0]).toBe(5);
    expect(parameters.a.dataSync()[0]).not.toBe(1);
    optimizer.dispose();
    tf.dispose(parameters);
  });

  it.each([
    [() => sgd({ learningRate: -1 }), "sgd: learningRate must be at least 0 and below Infinity, got -1"],
    [() => sgd({ learningRate: NaN }), "sgd: learningRate must be at least 0 and below Infinity, got NaN"],
    [() => sgd({ learningRate: 1, momentum: 1 }), "sgd: momentum must be at least 0 and below 1, got 1"],
    [() => adam({ learningRate: Infinity }), "adam: learningRate must be at least 0 and below Infinity, got Infinity"],
    [() => adam({ beta1: 1 }), "adam: beta1 must be at least 0 and below 1, got 1"],
    [() => adam({ beta2: -0.1 }), "adam: beta2 must be at least 0 and below 1, got -0.1"],
    [() => adam({ epsilon: NaN }), "adam: epsilon must be at least 0 and below Infinity, got NaN"],
    [() => sgd({ learningRate: 1, isNesterov: true }), "sgd: momentum must be positive with isNesterov, got 0"],
    [() => rmsprop({ learningRate: -1 }), "rmsprop: learningRate must be at least 0 and below Infinity, got -1"],
    [() => rmsprop({ decay: 1 }), "rmsprop: decay must be at least 0 and below 1, got 1"],
    [() => rmsprop({ epsilon: -1 }), "rmsprop: epsilon must be at least 0 and below Infinity, got -1"],
    [() => rmsprop({ momentum: 1 }), "rmsprop: momentum must be at least 0 and below 1, got 1"],
    [() => adamW({ weightDecay: -1 }), "adamW: weightDecay must be at least 0 and below Infinity, got -1"],
    [() => adamW({ beta1: 1 }), "adamW: beta1 must be at least 0 and below 1, got 1"],
    [() => clipByGlobalNorm({}, { maxNorm: 0 }), "clipByGlobalNorm: maxNorm must be positive, got 0"],
  ])("refuse a nonsense constant: %s", (make, message) => {
    expect(make).toThrow(message);
  });
});
