import { recurrent, recurrentReference, type RecurrentKind } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { expectClose } from "../expect-close.ts";
import { centralDifferences, plainLoss, plainTensors } from "./plain-recurrent.ts";
import {
  differentiable,
  readGradients,
  weightedLoss,
  withCase,
  withTensors,
  type RecurrentSizes,
} from "./recurrent-case.ts";
import { anySizes, SIZES, TINY } from "./recurrent-sizes.ts";

/** The values and gradients of the reference, and of plain float64 arithmetic. */
export function valuesContract(kind: RecurrentKind): void {
  const expectReference = (sizes: RecurrentSizes): void =>
    withCase(kind, sizes, (made) => {
      const actual = readGradients(recurrent, kind, made);
      const expected = readGradients(recurrentReference, kind, made);
      expectAllClose(actual.results, expected.results);
      expectAllClose(actual.gradients, expected.gradients, { tolerance: 1e-4, label: "gradient of " });
    });

  it.each(SIZES)("equals recurrentReference in values and gradients: %o", (sizes) => {
    expectReference(sizes);
  });

  it("equals recurrentReference in values and gradients, whatever the sizes", () => {
    fc.assert(
      fc.property(anySizes, (sizes) => expectReference(sizes)),
      { numRuns: 12, seed: 4 },
    );
  });

  it.each([
    TINY,
    { ...TINY, isReverse: true, hasBias: false },
    { ...TINY, lengths: [1, 3, 2] },
    { ...TINY, lengths: [1, 3, 0], isReverse: true },
    { ...TINY, isIds: true, lengths: [3, 1, 2] },
  ])("has the loss and gradients of float64 arithmetic and its central differences: %o", (sizes) => {
    withCase(kind, sizes, (made) => {
      const { results, gradients } = readGradients(recurrent, kind, made);
      const loss = plainLoss(kind, made.args, made.coefficients);
      const tensors = plainTensors(made.args);
      let actual = 0;
      for (const [name, factors] of Object.entries(made.coefficients)) {
        for (const [i, factor] of factors.dataSync().entries()) actual += factor * results[name]![i]!;
      }
      expectClose([actual], [loss(tensors)], { label: "loss" });
      const options = { tolerance: 1e-5, label: "gradient of " };
      expectAllClose(gradients, centralDifferences(loss, tensors), options);
    });
  });

  it("of ids equals that of their one-hot rows", () => {
    withCase(
      kind,
      { batchSize: 5, numSteps: 3, inputSize: 7, hiddenSize: 9, isIds: true },
      ({ args, coefficients }) => {
        const rows = tf.cast(tf.oneHot(args.inputs as tf.Tensor2D, 7), "float32") as tf.Tensor3D;
        const ids = readGradients(recurrent, kind, { args, coefficients });
        const dense = readGradients(recurrent, kind, { args: { ...args, inputs: rows }, coefficients });
        expectAllClose(ids.results, dense.results);
        const { inputs: _, ...gradients } = dense.gradients;
        expectAllClose(ids.gradients, gradients, { label: "gradient of " });
      },
    );
  });

  it("hands gradients down through layers above one another, in both directions", () => {
    withCase(kind, { batchSize: 5, numSteps: 4, inputSize: 7, hiddenSize: 7, lengths: [4, 1, 3, 2, 4] }, ({ args }) => {
      const named = differentiable(args);
      const gradients = [recurrent, recurrentReference].map((op) => {
        const loss = (...tensors: tf.Tensor[]) => {
          const names = Object.keys(named);
          const all = withTensors(args, Object.fromEntries(names.map((name, i) => [name, tensors[i]!])));
          const first = op(kind, all);
          const second = op(kind, { ...all, inputs: first.outputs, isReverse: true });
          const third = op(kind, { ...all, inputs: second.outputs, initialState: second.finalState as never });
          return tf.sum(tf.square(tf.concat([second.outputs, third.outputs], 2)));
        };
        const all = tf.grads(loss)(Object.values(named));
        return Object.fromEntries(Object.keys(named).map((name, i) => [name, all[i]!.dataSync()]));
      });
      expectAllClose(gradients[0]!, gradients[1]!, { tolerance: 1e-4, label: "gradient of " });
    });
  });

  it.each([recurrent, recurrentReference])("without an initial state begins with zeros: %o", (op) => {
    withCase(kind, { ...TINY, lengths: [1, 3, 2] }, ({ args, coefficients }) => {
      const state = Object.values(args.initialState) as tf.Tensor[];
      const zeros = Object.keys(args.initialState).map((name, i) => [name, tf.zerosLike(state[i]!)] as const);
      const started = { ...args, initialState: Object.fromEntries(zeros) as never };
      const named: Record<string, tf.Tensor> = { inputs: args.inputs, ...args.weights } as never;
      const valueAndGradients = (isGiven: boolean) => {
        const loss = (...tensors: tf.Tensor[]) => {
          const byName = Object.fromEntries(Object.keys(named).map((name, i) => [name, tensors[i]!]));
          const { initialState, ...others } = withTensors(started, byName);
          return weightedLoss(op(kind, isGiven ? { ...others, initialState } : others), coefficients);
        };
        const { value, grads } = tf.valueAndGrads(loss)(Object.values(named));
        return [value, ...grads].map((tensor) => [...tensor.dataSync()]);
      };
      expect(valueAndGradients(false)).toEqual(valueAndGradients(true));
    });
  });

  it.each(["outputs", "hidden"])("has the right gradient where the loss sees nothing but the %s", (name) => {
    withCase(kind, TINY, ({ args, coefficients }) => {
      const only = { args, coefficients: { [name]: coefficients[name]! } };
      const actual = readGradients(recurrent, kind, only).gradients;
      expectAllClose(actual, readGradients(recurrentReference, kind, only).gradients, { tolerance: 1e-4 });
    });
  });

  it("has the same gradient by one argument alone as by all", () => {
    withCase(kind, TINY, ({ args, coefficients }) => {
      const all = readGradients(recurrent, kind, { args, coefficients }).gradients;
      for (const [name, tensor] of Object.entries(differentiable(args))) {
        const loss = (x: tf.Tensor) => weightedLoss(recurrent(kind, withTensors(args, { [name]: x })), coefficients);
        expect(tf.grad(loss)(tensor).dataSync(), name).toEqual(all[name]);
      }
    });
  });
}

type Numbers = Readonly<Record<string, ArrayLike<number>>>;

function expectAllClose(
  actual: Numbers,
  expected: Numbers,
  { tolerance = 1e-5, label = "" }: { tolerance?: number; label?: string } = {},
): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) {
    expectClose(actual[name]!, values, { tolerance, label: `${label}${name}` });
  }
}
