import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { affine, timeStep } from "../src/index.ts";

describe("affine(inputs, {weight, bias})", () => {
  it.each([
    [undefined, [1 * 3 + 2 * 4, 1 * 5 + 2 * 6, 0, 0]],
    [
      [10, 20],
      [21, 37, 10, 20],
    ],
  ])("is x·Wᵀ + b, with bias %o", (bias, expected) => {
    tf.tidy(() => {
      const inputs = tf.tensor2d([1, 2, 0, 0], [2, 2]);
      const weight = tf.tensor2d([3, 4, 5, 6], [2, 2]);
      const output = affine(inputs, { weight, bias: bias && tf.tensor1d(bias) });
      expect([...output.dataSync()]).toEqual(expected);
    });
  });

  it("has the gradients of matMul and add, once and twice", () => {
    tf.tidy(() => {
      const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
      const tensors = [draw([4, 3], 1), draw([2, 3], 2), draw([2], 3)];
      const ops = [
        (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
          affine(x as tf.Tensor2D, { weight: w as tf.Tensor2D, bias: b as tf.Tensor1D }),
        (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => tf.add(tf.matMul(x, w, false, true), b),
      ];
      const [actual, expected] = ops.map((op) => {
        const first = tf.grads((x, w, b) => tf.sum(tf.square(op(x!, w!, b!))));
        const second = tf.grads((x, w, b) => tf.sum(tf.square(first([x!, w!, b!])[0]!)));
        return [...first(tensors), ...second(tensors)].map((tensor) => tensor.dataSync());
      });
      for (const [i, values] of expected!.entries()) expectClose(actual![i]!, values, { label: `gradient ${i}` });
    });
  });

  it("refuses what does not fit", () => {
    tf.tidy(() => {
      const weight = tf.zeros<tf.Rank.R2>([4, 3]);
      expect(() => affine(tf.zeros([2, 2]), { weight })).toThrow("affine: inputs must have shape [N, I=3], got [2, 2]");
      expect(() => affine(tf.zeros([2, 3]), { weight, bias: tf.zeros([3]) })).toThrow(
        "affine: bias must have shape [O=4], got [3]",
      );
    });
  });
});

describe("timeStep(sequence, t)", () => {
  it.each([1, 3])("is the t-th step of %i, and hands its gradient back to that step alone", (numSteps) => {
    tf.tidy(() => {
      const sequence = tf.reshape(tf.range(0, 2 * numSteps * 2), [2, numSteps, 2]) as tf.Tensor3D;
      const t = numSteps - 1;
      expect(timeStep(sequence, t).arraySync()).toEqual((sequence.arraySync() as number[][][]).map((row) => row[t]));
      const gradient = tf
        .grad((x) => tf.sum(timeStep(x as tf.Tensor3D, t)))(sequence)
        .arraySync() as number[][][];
      expect(gradient).toEqual(
        Array.from({ length: 2 }, () => Array.from({ length: numSteps }, (_, step) => (step === t ? [1, 1] : [0, 0]))),
      );
    });
  });
});
