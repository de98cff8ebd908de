import { linearCrossEntropy } from "@rnnkit/ops";
import { integer, uniform, xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { describeOnBackend } from "../describe-on-backend.ts";
import { expectClose } from "../expect-close.ts";

interface Case {
  readonly rows: number;
  readonly inputSize: number;
  readonly vocabSize: number;
  readonly hasBias?: boolean;
  readonly isMasked?: boolean;
  readonly labelSmoothing?: number;
  readonly scale?: number;
}

const CASES: readonly Case[] = [
  { rows: 1, inputSize: 1, vocabSize: 1 },
  { rows: 1, inputSize: 9, vocabSize: 5, hasBias: true },
  { rows: 4, inputSize: 8, vocabSize: 16, hasBias: true, scale: 0.25 },
  { rows: 7, inputSize: 3, vocabSize: 33, hasBias: true, isMasked: true, scale: -2 },
  { rows: 13, inputSize: 5, vocabSize: 6, labelSmoothing: 0.1 },
  { rows: 6, inputSize: 2, vocabSize: 11, hasBias: true, isMasked: true, labelSmoothing: 0.4, scale: 0.5 },
];

type Operands = Readonly<Record<"inputs" | "weight" | "bias", Float64Array>>;

interface Problem extends Operands {
  readonly targets: Int32Array;
  readonly mask: Float64Array | undefined;
}

function problem({ rows, inputSize, vocabSize, hasBias, isMasked }: Case): Problem {
  const generator = xoshiro128(rows * 1000 + vocabSize);
  const draw = (length: number) =>
    Float64Array.from({ length }, () => Math.fround(uniform(generator, { low: -2, high: 2 })));
  return {
    inputs: draw(rows * inputSize),
    weight: draw(vocabSize * inputSize),
    bias: hasBias ? draw(vocabSize) : new Float64Array(vocabSize),
    targets: Int32Array.from({ length: rows }, () => integer(generator, vocabSize)),
    mask: isMasked ? Float64Array.from({ length: rows }, (_, i) => [1, 0, 0.25][i % 3]!) : undefined,
  };
}

/** The loss in float64, from the formula and nothing of TensorFlow.js. */
function plainLoss({ rows, inputSize, vocabSize, labelSmoothing = 0, scale = 1 }: Case, given: Problem): number {
  const { inputs, weight, bias, targets, mask } = given;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const logits = Array.from(bias, (begin, v) => {
      let logit = begin;
      for (let i = 0; i < inputSize; i++) logit += inputs[row * inputSize + i]! * weight[v * inputSize + i]!;
      return logit;
    });
    const logTotal = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    const mean = logits.reduce((sum, logit) => sum + logit, 0) / vocabSize;
    const expected = (1 - labelSmoothing) * logits[targets[row]!]! + labelSmoothing * mean;
    total += (mask?.[row] ?? 1) * (logTotal - expected);
  }
  return scale * total;
}

/** The central difference of `plainLoss` by each number of an operand. */
function plainGradient(sizes: Case, given: Problem, name: keyof Operands): number[] {
  const step = 1e-5;
  return Array.from(given[name], (value, i) => {
    const at = (changed: number) =>
      plainLoss(sizes, { ...given, [name]: given[name].map((other, j) => (j === i ? changed : other)) });
    return (at(value + step) - at(value - step)) / (2 * step);
  });
}

/**
 * What `linearCrossEntropy` of `@rnnkit/ops` must do on a backend: the value and gradients of plain float64 arithmetic, also where the
 * loss is a part of another one, and clear errors.
 *
 * @param backend a name that TensorFlow.js knows; it is set for the suite, and the one before it afterwards.
 */
export function linearCrossEntropyContract(backend: string): void {
  describeOnBackend("linearCrossEntropy(inputs, layer, targets)", backend, () => {
    const tensors = (
      { rows, inputSize, vocabSize, hasBias }: Case,
      { inputs, weight, bias, targets, mask }: Problem,
    ) => ({
      inputs: tf.tensor2d(Float32Array.from(inputs), [rows, inputSize]),
      weight: tf.tensor2d(Float32Array.from(weight), [vocabSize, inputSize]),
      bias: hasBias ? tf.tensor1d(Float32Array.from(bias)) : undefined,
      targets: tf.tensor1d(targets, "int32"),
      ...(mask && { mask: tf.tensor1d(Float32Array.from(mask)) }),
    });

    it.each(CASES)("equals float64 arithmetic in value and gradients: %o", (sizes) => {
      const given = problem(sizes);
      tf.tidy(() => {
        const { inputs, weight, bias, targets, mask } = tensors(sizes, given);
        const { labelSmoothing = 0, scale = 1 } = sizes;
        const options = { labelSmoothing, scale, ...(mask && { mask }) };
        const loss = (x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor) => {
          const layer = { weight: w as tf.Tensor2D, bias: b as tf.Tensor1D | undefined };
          return linearCrossEntropy(x as tf.Tensor2D, layer, targets, options);
        };
        const operands = [inputs, weight, ...(bias ? [bias] : [])];
        expectClose(loss(inputs, weight, bias).dataSync(), [plainLoss(sizes, given)], { tolerance: 1e-5 });
        // A factor above, as where a loss is one of several.
        const factor = 3;
        const gradients = tf.grads((x, w, b?: tf.Tensor) => tf.mul(loss(x!, w!, b), factor))(operands);
        for (const [i, name] of (["inputs", "weight", "bias"] as const).slice(0, operands.length).entries()) {
          const expected = plainGradient(sizes, given, name).map((value) => factor * value);
          expectClose(gradients[i]!.dataSync(), expected, { label: name, tolerance: 2e-5 });
        }
      });
    });

    it("takes [B, T, I] for its rows one after the other, in value and gradients", () => {
      const sizes = CASES[5]!;
      tf.tidy(() => {
        const { inputs, weight, bias, targets } = tensors(sizes, problem(sizes));
        const gradients = ([inputs, tf.reshape(inputs, [2, 3, 2])] as const).map((x) => {
          const loss = (y: tf.Tensor) => linearCrossEntropy(y as tf.Tensor2D, { weight, bias }, targets);
          const { value, grad } = tf.valueAndGrad(loss)(x);
          expect(grad.shape).toEqual(x.shape);
          return [...value.dataSync(), ...grad.dataSync()];
        });
        expect(gradients[1]).toEqual(gradients[0]);
      });
    });

    it("is the same on second use, and leaves no tensor behind", () => {
      const sizes = CASES[2]!;
      const { inputs, weight, bias, targets } = tensors(sizes, problem(sizes));
      const loss = () => tf.tidy(() => linearCrossEntropy(inputs, { weight, bias }, targets).dataSync()[0]);
      const first = loss();
      const { numTensors, numBytes } = tf.memory();
      expect(loss()).toBe(first);
      tf.tidy(
        () =>
          void tf.grads((x, w) => linearCrossEntropy(x as tf.Tensor2D, { weight: w as tf.Tensor2D }, targets))([
            inputs,
            weight,
          ]),
      );
      expect(tf.memory()).toMatchObject({ numTensors, numBytes });
      tf.dispose([inputs, weight, bias!, targets]);
    });

    it("refuses what does not fit", () => {
      tf.tidy(() => {
        const layer = { weight: tf.zeros<tf.Rank.R2>([3, 2]) };
        const inputs = tf.zeros<tf.Rank.R2>([2, 2]);
        const targets = tf.tensor1d([0, 1], "int32");
        expect(() => linearCrossEntropy(tf.zeros<tf.Rank.R2>([2, 3]), layer, targets)).toThrow(
          "linearCrossEntropy: inputs must have shape [N, I=2], got [2, 3]",
        );
        expect(() => linearCrossEntropy(inputs, { ...layer, bias: tf.zeros([2]) }, targets)).toThrow(
          "linearCrossEntropy: bias must have shape [V=3], got [2]",
        );
        expect(() => linearCrossEntropy(inputs, layer, tf.tensor1d([0], "int32"))).toThrow(
          "linearCrossEntropy: targets must have shape [N=2], got [1]",
        );
        expect(() => linearCrossEntropy(inputs, layer, tf.tensor1d([0, 1]))).toThrow(
          "linearCrossEntropy: targets must be int32, got float32",
        );
        expect(() => linearCrossEntropy(inputs, layer, targets, { labelSmoothing: 1 })).toThrow(
          "linearCrossEntropy: labelSmoothing must be at least 0 and below 1, got 1",
        );
      });
    });
  });
}
