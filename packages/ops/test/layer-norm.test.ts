import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { layerNorm } from "../src/index.ts";

describe("layerNorm(inputs, {gain, bias})", () => {
  it("gives each row the mean 0 and the variance 1, whatever its scale", () => {
    tf.tidy(() => {
      const output = layerNorm(tf.tensor2d([1, 3, -1000, 1000, 7, 7], [3, 2]));
      expectClose(output.dataSync(), [-1, 1, -1, 1, 0, 0]); // a row of one number is all mean
    });
  });

  it("multiplies by the gain and adds the bias, with ε in the root", () => {
    tf.tidy(() => {
      const options = { gain: tf.tensor1d([2, 10]), bias: tf.tensor1d([0, 100]), epsilon: 3 };
      const output = layerNorm(tf.tensor2d([1, 3], [1, 2]), options); // of a variance of 1, so the root is 2
      expectClose(output.dataSync(), [-1, 105]);
    });
  });

  it("refuses what does not fit", () => {
    tf.tidy(() => {
      const inputs = tf.zeros<tf.Rank.R2>([2, 3]);
      expect(() => layerNorm(inputs, { gain: tf.zeros([2]) })).toThrow(
        "layerNorm: gain must have shape [N=3], got [2]",
      );
      expect(() => layerNorm(inputs, { bias: tf.zeros([4]) })).toThrow(
        "layerNorm: bias must have shape [N=3], got [4]",
      );
      expect(() => layerNorm(inputs, { epsilon: 0 })).toThrow("layerNorm: epsilon must be positive, got 0");
    });
  });
});
