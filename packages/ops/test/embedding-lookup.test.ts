import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddingLookup, oneHot } from "../src/index.ts";

describe.each(["cpu", "wasm"])("embeddingLookup(table, ids) on the %s backend", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  it("gives the rows that the ids name, in the ids' shape", () => {
    tf.tidy(() => {
      const table = tf.tensor2d([0, 1, 10, 11, 20, 21], [3, 2]);
      const output = embeddingLookup(table, tf.tensor2d([2, 0, 2, 1], [2, 2], "int32"));
      expect(output.shape).toEqual([2, 2, 2]);
      expect([...output.dataSync()]).toEqual([20, 21, 0, 1, 20, 21, 10, 11]);
    });
  });

  it("adds up the gradients of a repeated id, and gives 0 to an id that is not there", () => {
    tf.tidy(() => {
      const table = tf.tensor2d([0, 1, 10, 11, 20, 21], [3, 2]);
      const ids = tf.tensor1d([2, 0, 2], "int32");
      const weights = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
      const gradient = tf.grad((x) => tf.sum(tf.mul(embeddingLookup(x as tf.Tensor2D, ids), weights)))(table);
      expect([...gradient.dataSync()]).toEqual([3, 4, 0, 0, 6, 8]);
    });
  });

  it("equals the product of one-hot rows with the table, in values and gradients", () => {
    tf.tidy(() => {
      const table = tf.randomNormal<tf.Rank.R2>([11, 5], 0, 1, "float32", 3);
      const ids = tf.tensor1d(
        Array.from({ length: 40 }, (_, i) => (i * 7) % 11),
        "int32",
      );
      const weights = tf.randomNormal([40, 5], 0, 1, "float32", 4);
      const lookup = (x: tf.Tensor) => embeddingLookup(x as tf.Tensor2D, ids);
      const product = (x: tf.Tensor) => tf.matMul(oneHot(ids, 11), x as tf.Tensor2D);
      expectClose(lookup(table).dataSync(), product(table).dataSync());
      const gradient = (op: typeof lookup) =>
        tf
          .grad((x) => tf.sum(tf.mul(op(x), weights)))(table)
          .dataSync();
      expectClose(gradient(lookup), gradient(product));
    });
  });
});

describe("embeddingLookup(table, ids)", () => {
  it("refuses ids that are no integers, and a table that is no matrix", () => {
    tf.tidy(() => {
      const ids = tf.tensor1d([0], "int32");
      expect(() => embeddingLookup(tf.zeros([3, 2]), tf.tensor1d([0.5]))).toThrow(
        "embeddingLookup: ids must be int32, got float32",
      );
      expect(() => embeddingLookup(tf.zeros([3]) as never, ids)).toThrow(
        "embeddingLookup: table must have shape [V, E], got [3]",
      );
    });
  });
});
