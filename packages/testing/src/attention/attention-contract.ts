import { attention, attentionReference, type AttentionArguments } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { describeOnBackend } from "../describe-on-backend.ts";
import { expectClose } from "../expect-close.ts";
import { attentionArguments, operands, readAttention, type AttentionSizes } from "./attention-case.ts";
import { plainGradients, plainWeightedSum } from "./plain-attention.ts";

const SMALL: AttentionSizes = { batchSize: 2, numQueries: 3, numKeys: 4, width: 5, valueWidth: 3 };

const CASES: readonly AttentionSizes[] = [
  SMALL,
  { ...SMALL, scale: 0.25 },
  { ...SMALL, isAdditive: true },
  { ...SMALL, isAdditive: true, lengths: [4, 1], hasMask: true },
  { ...SMALL, lengths: [2, 3], hasMask: true },
  { batchSize: 1, numQueries: 1, numKeys: 1, width: 1, valueWidth: 1, isAdditive: true },
  { batchSize: 3, numQueries: 1, numKeys: 7, width: 8, valueWidth: 4, isAdditive: true, lengths: [7, 3, 5] },
  { batchSize: 5, numQueries: 2, numKeys: 9, width: 4, valueWidth: 9, lengths: [1, 2, 9, 8, 4] },
];

/**
 * What `attention` of `@rnnkit/ops` must do on a backend: the values and gradients of `attentionReference` there and of plain float64
 * arithmetic, lengths, and the ownership of tensors.
 *
 * @param backend a name that TensorFlow.js knows; it is set for the suite, and the one before it afterwards.
 */
export function attentionContract(backend: string): void {
  describeOnBackend("attention(args)", backend, () => {
    it.each(CASES)("equals attentionReference and float64 arithmetic in values and gradients: %o", (sizes) => {
      withArguments(sizes, (args) => {
        const actual = readAttention(attention, args);
        for (const [name, values] of Object.entries(readAttention(attentionReference, args))) {
          expectClose(actual[name]!, values, { label: name, tolerance: 2e-5 });
        }
        const plain = Object.fromEntries(
          Object.entries(operands(args)).map(([name, tensor]) => [name, Float64Array.from(tensor.dataSync())]),
        );
        const mask = args.mask?.dataSync();
        let sum = 0;
        for (const [i, value] of actual["context"]!.entries()) sum += value * Math.cos(i + 1);
        for (const [i, value] of actual["weights"]!.entries()) sum += 0.7 * value * Math.cos(i + 1);
        expectClose([sum], [plainWeightedSum(sizes, plain, mask)], { label: "weighted sum" });
        for (const [name, values] of Object.entries(plainGradients(sizes, plain, mask))) {
          expectClose(actual[name]!, values, { label: name, tolerance: 2e-5 });
        }
      });
    });

    it.each([true, false])("lets nothing beyond a row's length through, not even a NaN; additive %s", (isAdditive) => {
      const sizes = { ...SMALL, isAdditive, lengths: [2, 3] };
      withArguments(sizes, (args) => {
        const spoilt = (tensor: tf.Tensor3D) => {
          const values = tensor.dataSync().slice();
          const width = tensor.shape[2];
          for (const [row, length] of sizes.lengths.entries()) {
            values.fill(Number.NaN, (row * sizes.numKeys + length) * width, (row + 1) * sizes.numKeys * width);
          }
          return tf.tensor3d(values, tensor.shape);
        };
        const clean = readAttention(attention, args);
        const changed = { keys: spoilt(args.keys), values: spoilt(args.values) };
        const dirty = readAttention(attention, { ...args, ...changed });
        tf.dispose(changed);
        for (const [name, values] of Object.entries(clean)) expectClose(dirty[name]!, values, { label: name });
        const beyond = Array.from(clean["weights"]!).filter((_, i) => i % 4 >= sizes.lengths[i < 12 ? 0 : 1]!);
        expect(beyond.every((weight) => weight === 0)).toBe(true);
      });
    });

    it("stays finite where scores are large", () => {
      tf.tidy(() => {
        const queries = tf.tensor3d([[[1e4]], [[-1e4]]]);
        const keys = tf.tensor3d([
          [[1], [-1]],
          [[1], [-1]],
        ]);
        const { weights } = attention({ queries, keys, values: keys });
        expect([...weights.dataSync()]).toEqual([1, 0, 0, 1]);
      });
    });

    it("leaves its arguments, and no tensor but its results", () => {
      withArguments({ ...SMALL, isAdditive: true, lengths: [2, 4], hasMask: true }, (args) => {
        const numTensors = tf.memory().numTensors;
        const results = attention(args);
        expect(tf.memory().numTensors - numTensors).toBe(2);
        tf.dispose([results.context, results.weights]);
        readAttention(attention, args);
        expect(tf.memory().numTensors).toBe(numTensors);
        expect(Object.values(operands(args)).some((tensor) => tensor.isDisposed)).toBe(false);
      });
    });

    it.each<[Partial<AttentionArguments>, string]>([
      [{ lengths: [0, 4] }, "attention: lengths must be integers from 1 to 4, got 0 for row 0"],
      [{ lengths: [4, 5] }, "attention: lengths must be integers from 0 to 4, got 5 for row 1"],
      [{ lengths: [4] }, "attention: lengths must be 2, one a row, got 1"],
      [{ scale: Number.NaN }, "attention: scale must be a finite number, got NaN"],
    ])("refuses %o", (change, message) => {
      withArguments(SMALL, (args) => {
        expect(() => attention({ ...args, ...change })).toThrow(message);
      });
    });

    it("refuses shapes that do not fit", () => {
      withArguments({ ...SMALL, isAdditive: true, hasMask: true }, (args) => {
        tf.tidy(() => {
          const other = (name: string, tensor: tf.Tensor) => () => attention({ ...args, [name]: tensor });
          expect(other("keys", tf.zeros([2, 4, 6]))).toThrow("attention: keys must have shape [B=2, S, A=5]");
          expect(other("values", tf.zeros([2, 5, 3]))).toThrow("attention: values must have shape [B=2, S=4, N]");
          expect(other("vector", tf.zeros([4]))).toThrow("attention: vector must have shape [A=5]");
          expect(other("mask", tf.zeros([2, 3, 3]))).toThrow("attention: mask must have shape [B=2, T=3, S=4]");
          expect(() => attention({ ...args, scale: 2 })).toThrow(
            "attention: scale must be left out of an additive score",
          );
        });
      });
    });
  });
}

function withArguments(sizes: AttentionSizes, body: (args: AttentionArguments) => void): void {
  const args = attentionArguments(sizes);
  try {
    body(args);
  } finally {
    tf.dispose([...Object.values(operands(args)), ...(args.mask ? [args.mask] : [])]);
  }
}
