import { recurrent, type RecurrentKind } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import {
  differentiable,
  disposeCase,
  readGradients,
  recurrentArguments,
  weightedLoss,
  withCase,
  withTensors,
} from "./recurrent-case.ts";
import { TINY } from "./recurrent-sizes.ts";

/** Arguments that stay the caller's, and nothing left behind. */
export function ownershipContract(kind: RecurrentKind): void {
  it("needs no argument after it has run: the loss may have made it in a tidy of its own", () => {
    withCase(kind, TINY, ({ args, coefficients }) => {
      const expected = readGradients(recurrent, kind, { args, coefficients }).gradients;
      const named = differentiable(args);
      const names = Object.keys(named);
      const loss = (...tensors: tf.Tensor[]) =>
        tf.tidy(() => {
          const passing = Object.fromEntries(names.map((name, i) => [name, tf.mul(tensors[i]!, 1)]));
          return weightedLoss(recurrent(kind, withTensors(args, passing)), coefficients);
        });
      const gradients = tf.grads(loss)(Object.values(named));
      for (const [i, name] of names.entries()) expect(gradients[i]!.dataSync(), name).toEqual(expected[name]);
    });
  });

  it("sees what is assigned to a variable between two runs", () => {
    withCase(kind, TINY, ({ args }) => {
      const weight = tf.variable(args.weights.recurrentWeight);
      const weights = { ...args.weights, recurrentWeight: weight as tf.Tensor2D };
      const run = () => recurrent(kind, { ...args, weights }).outputs.dataSync();
      const first = run();
      weight.assign(tf.mul(weight, 2));
      expect(run()).not.toEqual(first);
      weight.assign(tf.div(weight, 2));
      expect(run()).toEqual(first);
      weight.dispose();
    });
  });

  it("refuses a tensor that is disposed", () => {
    withCase(kind, TINY, ({ args }) => {
      args.weights.recurrentWeight.dispose();
      expect(() => recurrent(kind, args)).toThrow(/disposed/);
    });
  });

  it.each([TINY, { ...TINY, lengths: [1, 3, 2], isReverse: true }, { ...TINY, isIds: true }])(
    "leaves its arguments, and no tensor but its results: %o",
    (sizes) => {
      const made = recurrentArguments(kind, sizes, 3);
      const numTensors = tf.memory().numTensors;
      const { outputs, finalState } = recurrent(kind, made.args);
      expect(tf.memory().numTensors - numTensors).toBe(kind === "lstm" ? 3 : 2);
      tf.dispose([outputs, finalState]);
      readGradients(recurrent, kind, made);
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(Object.values(differentiable(made.args)).some((tensor) => tensor.isDisposed)).toBe(false);
      disposeCase(made);
    },
  );
}
