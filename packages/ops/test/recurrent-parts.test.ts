import { expectClose } from "@rnnkit/testing";
import { recurrentArguments } from "@rnnkit/testing/recurrent-case";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import {
  affine,
  concatenatedWeights,
  gateStep,
  recurrentStep,
  timeStep,
  unrollSteps,
  type RecurrentKind,
} from "../src/index.ts";

const sizes = { batchSize: 3, numSteps: 2, inputSize: 5, hiddenSize: 4 };

describe("concatenatedWeights(kind, weights)", () => {
  it.each(["rnn-tanh", "lstm"] as const)("makes of a step one product of inputs and state side by side: %s", (kind) => {
    tf.tidy(() => {
      for (const hasBias of [true, false]) {
        const { args } = recurrentArguments(kind, { ...sizes, hasBias }, 1);
        const { weights, initialState: state } = args;
        const inputs = timeStep(args.inputs as tf.Tensor3D, 0);
        const joined = affine(tf.concat([inputs, state.hidden], 1), concatenatedWeights(kind, weights));
        const apart = tf.add(
          affine(inputs, { weight: weights.inputWeight, bias: weights.inputBias }),
          affine(state.hidden, { weight: weights.recurrentWeight, bias: weights.recurrentBias }),
        );
        expectClose(joined.dataSync(), apart.dataSync(), { label: "X·Wxh + H·Whh" });
        const step = gateStep(kind, { input: joined, recurrent: tf.zerosLike(joined), state } as never);
        const expected = recurrentStep(kind, { inputs, state, weights } as never);
        expectClose(step.hidden.dataSync(), expected.hidden.dataSync(), { label: "hidden" });
      }
    });
  });

  it("refuses weights that do not fit together", () => {
    tf.tidy(() => {
      const weights = { inputWeight: tf.zeros<tf.Rank.R2>([3, 2]), recurrentWeight: tf.zeros<tf.Rank.R2>([4, 4]) };
      expect(() => concatenatedWeights("rnn-tanh", weights)).toThrow(
        "concatenatedWeights: weights.inputWeight must have shape [G·H=4, I], got [3, 2]",
      );
    });
  });
});

describe("gateStep(kind, {input, recurrent, state})", () => {
  it.each(["rnn-tanh", "rnn-relu", "gru", "lstm"] as RecurrentKind[])(
    "refuses products that do not fit: %s",
    (kind) => {
      tf.tidy(() => {
        const { args } = recurrentArguments(kind, sizes, 1);
        const product = tf.zeros<tf.Rank.R2>([3, 5]);
        const step = () => gateStep(kind, { input: product, recurrent: product, state: args.initialState });
        expect(step).toThrow(/gateStep: input must have shape \[B=3, G·H=\d+\], got \[3, 5\]/);
      });
    },
  );
});

describe("unrollSteps(step, {inputs, initialState, ...})", () => {
  /** A state that counts the steps, and an output that is the input: neither of which knows of any net. */
  const count = (isReverse: boolean, lengths?: number[]) =>
    tf.tidy(() => {
      const order: number[] = [];
      const { outputs, finalState } = unrollSteps(
        (input, [counted], t) => {
          order.push(t);
          return { output: input, state: [tf.add(counted!, 1)] };
        },
        {
          inputs: tf.tensor3d([1, 2, 3, 4, 5, 6], [2, 3, 1]),
          initialState: [tf.zeros([2, 1, 2])],
          outputSize: 1,
          isReverse,
          lengths,
        },
      );
      return { order, outputs: [...outputs.dataSync()], counted: [...finalState[0]!.dataSync()] };
    });

  it.each([
    [false, undefined, [0, 1, 2], [1, 2, 3, 4, 5, 6], [3, 3, 3, 3]],
    [true, undefined, [2, 1, 0], [1, 2, 3, 4, 5, 6], [3, 3, 3, 3]],
    [false, [1, 2], [0, 1], [1, 0, 0, 4, 5, 0], [1, 1, 2, 2]],
    [true, [1, 2], [1, 0], [1, 0, 0, 4, 5, 0], [1, 1, 2, 2]],
    [false, [0, 0], [], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0]],
  ])("makes the steps that the rows have: isReverse %o, lengths %o", (isReverse, lengths, order, outputs, counted) => {
    expect(count(isReverse, lengths)).toEqual({ order, outputs, counted });
  });

  it("refuses a bad length", () => {
    expect(() => count(false, [1, 4])).toThrow("unrollSteps: lengths must be integers from 0 to 3, got 4 for row 1");
  });
});
