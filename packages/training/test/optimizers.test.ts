import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adagrad, adam, adamW, clipByGlobalNorm, clipByValue, rmsprop, sgd, type Optimizer } from "../src/index.ts";

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
  "sgd with Nesterov momentum and weight decay": () =>
    sgd({ learningRate: 0.05, momentum: 0.9, isNesterov: true, weightDecay: 0.3 }),
  "rmsprop with weight decay": () => rmsprop({ learningRate: 0.02, weightDecay: 0.3 }),
  "centered rmsprop with weight decay": () =>
    rmsprop({ learningRate: 0.02, epsilon: 1e-4, isCentered: true, weightDecay: 0.3 }),
  "adam with weight decay": () => adam({ learningRate: 0.02, weightDecay: 0.3 }),
  adagrad: () => adagrad(),
  "adagrad with other constants": () =>
    adagrad({ learningRate: 0.1, learningRateDecay: 0.05, initialAccumulator: 0.5, epsilon: 1e-3, weightDecay: 0.3 }),
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

describe("clipping", () => {
  const clip = (make: (gradients: Record<string, tf.Tensor>) => Readonly<Record<string, tf.Tensor>>) =>
    tf.tidy(() => [...make({ a: tf.tensor1d([3, -4]) })["a"]!.dataSync()]);

  it.each([
    [1, 1e-6, [3 / (5 + 1e-6), -4 / (5 + 1e-6)]],
    [1, 0, [0.6, -0.8]],
    [5, 0, [3, -4]],
    [5, undefined, [(3 * 5) / (5 + 1e-6), (-4 * 5) / (5 + 1e-6)]],
    [9, undefined, [3, -4]],
  ])("clipByGlobalNorm to %d with an epsilon of %s", (maxNorm, epsilon, expected) => {
    const options = { maxNorm, ...(epsilon !== undefined && { epsilon }) };
    expectClose(
      clip((gradients) => clipByGlobalNorm(gradients, options).gradients),
      expected,
      { tolerance: 1e-7 },
    );
  });

  it("clipByGlobalNorm with an epsilon of 0 leaves zeros alone", () => {
    const zeros = tf.tidy(() => {
      const { gradients } = clipByGlobalNorm({ a: tf.zeros([2]) }, { maxNorm: 1, epsilon: 0 });
      return [...gradients["a"]!.dataSync()];
    });
    expect(zeros).toEqual([0, 0]);
  });

  it("clipByValue puts each number between its bounds", () => {
    expect(clip((gradients) => clipByValue(gradients, { maxValue: 3.5 }))).toEqual([3, -3.5]);
  });
});

describe("optimizers", () => {
  it.each(Object.entries(OPTIMIZERS))("%s goes on from state() of another as that one does", (_, make) => {
    const gradients = [0.5, -3, 2, 0.25].map((value) => [value, 1 - value]);
    const [unbroken, first, second] = [make(), make(), make()];
    const variable = () => ({ a: tf.tidy(() => tf.variable(tf.tensor1d([1, 2]))) });
    const [whole, parts] = [variable(), variable()];
    const move = (optimizer: Optimizer, parameters: { a: tf.Variable }, values: number[]) =>
      tf.tidy(() => optimizer.update(parameters, { a: tf.tensor1d(values) }, { learningRateFactor: 0.5 }));
    for (const values of gradients) move(unbroken, whole, values);
    for (const values of gradients.slice(0, 2)) move(first, parts, values);
    second.restore(first.state());
    const other = variable();
    move(first, other, gradients[0]!); // which must not move what was restored
    tf.dispose(other);
    for (const values of gradients.slice(2)) move(second, parts, values);
    expect([...parts.a.dataSync()]).toEqual([...whole.a.dataSync()]);
    for (const optimizer of [unbroken, first, second]) optimizer.dispose();
    tf.dispose([whole, parts]);
  });

  it("refuse a state of which a tensor is missing", () => {
    const optimizer = sgd({ learningRate: 1, momentum: 0.9 });
    expect(() => optimizer.restore({ tensors: {}, numSteps: { a: 1 } })).toThrow(
      "sgd.restore: state must hold the tensor velocity.a, got none",
    );
  });

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

  it.each(Object.entries(OPTIMIZERS))("%s steps parameters of different ages as it steps each alone", (_, make) => {
    const gradients = { a: [0.5, -3, 2, 0.25], b: [undefined, undefined, 1, -2] }; // b has had two steps less
    const run = (names: readonly ("a" | "b")[]) => {
      const optimizer = make();
      const parameters = tf.tidy(() =>
        Object.fromEntries(names.map((name) => [name, tf.variable(tf.tensor1d([1, 2]))])),
      );
      for (let step = 0; step < 4; step++) {
        const present = names.filter((name) => gradients[name][step] !== undefined);
        tf.tidy(() =>
          optimizer.update(
            parameters,
            Object.fromEntries(present.map((name) => [name, tf.tensor1d([gradients[name][step]!, 1])])),
          ),
        );
      }
      const values = names.map((name) => [...parameters[name]!.dataSync()]);
      optimizer.dispose();
      tf.dispose(parameters);
      return values;
    };
    expect(run(["a", "b"])).toEqual([...run(["a"]), ...run(["b"])]);
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
    [() => sgd({ learningRate: -1 }), "sgd: learningRate must be positive and finite, got -1"],
    [() => sgd({ learningRate: 0 }), "sgd: learningRate must be positive and finite, got 0"],
    [() => sgd({ learningRate: 1, weightDecay: -1 }), "sgd: weightDecay must be at least 0 and below Infinity, got -1"],
    [() => adagrad({ learningRate: 0 }), "adagrad: learningRate must be positive and finite, got 0"],
    [() => adagrad({ epsilon: -1 }), "adagrad: epsilon must be at least 0 and below Infinity, got -1"],
    [() => adam({ weightDecay: NaN }), "adam: weightDecay must be at least 0 and below Infinity, got NaN"],
    [() => rmsprop({ weightDecay: -1 }), "rmsprop: weightDecay must be at least 0 and below Infinity, got -1"],
    [() => clipByValue({}, { maxValue: NaN }), "clipByValue: maxValue must be positive, got NaN"],
    [
      () => clipByGlobalNorm({}, { maxNorm: 1, epsilon: -1 }),
      "clipByGlobalNorm: epsilon must be at least 0 and below Infinity, got -1",
    ],
    [() => sgd({ learningRate: NaN }), "sgd: learningRate must be positive and finite, got NaN"],
    [() => sgd({ learningRate: 1, momentum: 1 }), "sgd: momentum must be at least 0 and below 1, got 1"],
    [() => adam({ learningRate: Infinity }), "adam: learningRate must be positive and finite, got Infinity"],
    [() => adam({ beta1: 1 }), "adam: beta1 must be at least 0 and below 1, got 1"],
    [() => adam({ beta2: -0.1 }), "adam: beta2 must be at least 0 and below 1, got -0.1"],
    [() => adam({ epsilon: NaN }), "adam: epsilon must be at least 0 and below Infinity, got NaN"],
    [() => sgd({ learningRate: 1, isNesterov: true }), "sgd: momentum must be positive with isNesterov, got 0"],
    [() => rmsprop({ learningRate: -1 }), "rmsprop: learningRate must be positive and finite, got -1"],
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
