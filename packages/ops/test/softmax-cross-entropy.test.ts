import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { softmaxCrossEntropy } from "../src/index.ts";

interface GoldenCase {
  readonly name: string;
  readonly shape: [number, number];
  readonly logits: number[];
  readonly targets: number[];
  readonly mask?: number[];
  readonly labelSmoothing?: number;
  readonly coefficients: number[];
  readonly losses: number[];
  readonly gradient: number[];
}

const { source, cases } = golden<GoldenCase[]>(import.meta.url, "softmax-cross-entropy");

describe.each(["cpu", "wasm"])("softmaxCrossEntropy(logits, targets) on the %s backend", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(cases)(`has the losses and gradients of ${source}: $name`, (testCase) => {
    tf.tidy(() => {
      const logits = tf.tensor2d(testCase.logits, testCase.shape);
      const targets = tf.tensor1d(testCase.targets, "int32");
      const { mask, labelSmoothing = 0 } = testCase;
      const options = { labelSmoothing, ...(mask && { mask: tf.tensor1d(mask) }) };
      const losses = (x: tf.Tensor) => softmaxCrossEntropy(x as tf.Tensor2D, targets, options);
      expectClose(losses(logits).dataSync(), testCase.losses, { label: "losses", source });
      const coefficients = tf.tensor1d(testCase.coefficients);
      const gradient = tf.grad((x) => tf.sum(tf.mul(losses(x), coefficients)))(logits);
      expectClose(gradient.dataSync(), testCase.gradient, { tolerance: 1e-4, label: "gradient", source });
    });
  });

  it("gives log V for equal logits, whatever their size", () => {
    tf.tidy(() => {
      for (const value of [0, 1e4, -1e30]) {
        const losses = softmaxCrossEntropy(tf.fill([2, 7], value), tf.tensor1d([0, 6], "int32"));
        expectClose(losses.dataSync(), [Math.log(7), Math.log(7)]);
      }
    });
  });
});

describe("softmaxCrossEntropy(logits, targets)", () => {
  it("refuses what does not fit", () => {
    tf.tidy(() => {
      const logits = tf.zeros<tf.Rank.R2>([2, 3]);
      const targets = tf.tensor1d([0, 1], "int32");
      expect(() => softmaxCrossEntropy(tf.zeros([2, 3, 1]) as never, targets)).toThrow(
        "softmaxCrossEntropy: logits must have shape [N, V], got [2, 3, 1]",
      );
      expect(() => softmaxCrossEntropy(logits, tf.tensor1d([0], "int32"))).toThrow(
        "softmaxCrossEntropy: targets must have shape [N=2], got [1]",
      );
      expect(() => softmaxCrossEntropy(logits, tf.tensor1d([0, 1]))).toThrow("targets must be int32, got float32");
      expect(() => softmaxCrossEntropy(logits, targets, { mask: tf.tensor1d([1]) })).toThrow(
        "softmaxCrossEntropy: mask must have shape [N=2], got [1]",
      );
      for (const labelSmoothing of [-0.1, 1, NaN]) {
        expect(() => softmaxCrossEntropy(logits, targets, { labelSmoothing })).toThrow(
          `softmaxCrossEntropy: labelSmoothing must be at least 0 and below 1, got ${labelSmoothing}`,
        );
      }
    });
  });
});
