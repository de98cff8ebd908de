import { expectClose } from "@rnnkit/testing";
import { expect, it } from "vitest";
import { optimizerStep, type OptimizerHyperparameters } from "../src/index.ts";
import { floats, reals, scoped } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

interface State {
  theta: number;
  first: number;
  second: number;
}

/** The formulas of `optimizerStep`, on one number, in double precision. */
function step(state: State, gradient: number, options: OptimizerHyperparameters, hasFirst: boolean): State {
  const { kind, learningRate, gradientScale = 1, weightDecay = 0, parameterScale = 1, beta1 = 0, beta2 = 0 } = options;
  const { gradientWeight = 1 - beta1, epsilon = 0, rootScale = 1, isNesterov = false } = options;
  const g = gradient * gradientScale + weightDecay * state.theta;
  if (kind === "sgd") {
    if (!hasFirst) return { ...state, theta: state.theta - learningRate * g };
    const first = beta1 * state.first + gradientWeight * g;
    return { ...state, first, theta: state.theta - learningRate * (isNesterov ? g + beta1 * first : first) };
  }
  const second = kind === "adagrad" ? state.second + g * g : beta2 * state.second + (1 - beta2) * g * g;
  if (kind === "adam") {
    const first = beta1 * state.first + gradientWeight * g;
    const change = first / (Math.sqrt(second) * rootScale + epsilon);
    return { first, second, theta: parameterScale * state.theta - learningRate * change };
  }
  const change = g / (Math.sqrt(second) + epsilon);
  const first = hasFirst ? beta1 * state.first + change : 0;
  return { first, second, theta: state.theta - learningRate * (hasFirst ? first : change) };
}

describeEverySimd("optimizerStep(simd, targets, hyperparameters)", (simd) => {
  it.each<[string, OptimizerHyperparameters, { hasFirst: boolean; hasSecond: boolean }]>([
    ["sgd", { kind: "sgd", learningRate: 0.5 }, { hasFirst: false, hasSecond: false }],
    [
      "sgd, clipped, with weight decay",
      { kind: "sgd", learningRate: 0.5, gradientScale: 0.3, weightDecay: 0.1 },
      { hasFirst: false, hasSecond: false },
    ],
    [
      "momentum",
      { kind: "sgd", learningRate: 0.1, beta1: 0.9, gradientWeight: 1 },
      { hasFirst: true, hasSecond: false },
    ],
    [
      "Nesterov's",
      { kind: "sgd", learningRate: 0.1, beta1: 0.9, gradientWeight: 1, isNesterov: true },
      { hasFirst: true, hasSecond: false },
    ],
    ["dampened", { kind: "sgd", learningRate: 0.1, beta1: 0.8 }, { hasFirst: true, hasSecond: false }],
    [
      "adam",
      { kind: "adam", learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, rootScale: 3 },
      { hasFirst: true, hasSecond: true },
    ],
    [
      "adamw",
      { kind: "adam", learningRate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-4, parameterScale: 0.9 },
      { hasFirst: true, hasSecond: true },
    ],
    [
      "rmsprop",
      { kind: "rmsprop", learningRate: 0.01, beta2: 0.9, epsilon: 1e-3 },
      { hasFirst: false, hasSecond: true },
    ],
    [
      "rmsprop with momentum",
      { kind: "rmsprop", learningRate: 0.01, beta1: 0.9, beta2: 0.9, epsilon: 1e-3 },
      { hasFirst: true, hasSecond: true },
    ],
    ["adagrad", { kind: "adagrad", learningRate: 0.01, epsilon: 1e-3 }, { hasFirst: false, hasSecond: true }],
    [
      "adagrad, clipped, with weight decay",
      { kind: "adagrad", learningRate: 0.01, gradientScale: 0.3, weightDecay: 0.1, epsilon: 1e-3 },
      { hasFirst: false, hasSecond: true },
    ],
  ])("%s equals its formula over three steps, whatever the count", (_, options, { hasFirst, hasSecond }) => {
    for (const count of [0, 1, 3, 5, 17, 100]) {
      scoped(simd(), (scope) => {
        let states: State[] = Array.from(reals(count), (theta) => ({ theta, first: 0, second: 0 }));
        const zeros = () => floats(scope, new Float32Array(count));
        const parameter = floats(scope, reals(count));
        const [first, second] = [hasFirst ? zeros() : undefined, hasSecond ? zeros() : undefined];
        for (let t = 0; t < 3; t++) {
          const gradients = reals(count, t + 2);
          optimizerStep(scope, [{ parameter, gradient: floats(scope, gradients), first, second }], options);
          states = states.map((state, i) => step(state, gradients[i]!, options, hasFirst));
        }
        expectClose(
          scope.floats(parameter),
          states.map(({ theta }) => theta),
          { tolerance: 1e-5 },
        );
        if (first)
          expectClose(
            scope.floats(first),
            states.map((state) => state.first),
            { tolerance: 1e-5 },
          );
        if (second)
          expectClose(
            scope.floats(second),
            states.map((state) => state.second),
            { tolerance: 1e-5 },
          );
      });
    }
  });

  it("refuses a moment that is missing, and arrays that hold too little", () => {
    scoped(simd(), (scope) => {
      const [parameter, short] = [scope.allocate(5), scope.allocate(4)];
      const moments = { parameter, gradient: parameter };
      const rates = { learningRate: 1, beta1: 0.9, beta2: 0.9 };
      expect(() => optimizerStep(scope, [{ ...moments, second: parameter }], { kind: "adam", ...rates })).toThrow(
        new RangeError("optimizerStep: first must be there for adam, got none"),
      );
      expect(() => optimizerStep(scope, [moments], { kind: "rmsprop", ...rates })).toThrow(
        new RangeError("optimizerStep: second must be there for rmsprop, got none"),
      );
      expect(() => optimizerStep(scope, [{ parameter, gradient: short }], { kind: "sgd", ...rates })).toThrow(
        new RangeError("optimizerStep: gradient must hold at least 5 elements, got 4"),
      );
    });
  });
});
