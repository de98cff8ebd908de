import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reals } from "./op-cases.ts";
import { onBackend, simdBackend, simdMemory, useSimd } from "./use-simd.ts";

useSimd({ numThreads: 2 });

let before = { usedBytes: 0, numArrays: 0 };
beforeEach(() => {
  before = simdMemory();
});
afterEach(() => {
  expect(simdMemory(), "what the kernels' memory holds after the test").toEqual(before);
});

/** Takes memory that was just given back, so that whoever still looks at it sees other numbers. */
const overwrite = () => tf.tidy(() => void Array.from({ length: 20 }, (_, i) => tf.fill([5, 7], i).add(1)));

describe("a tensor of the rnnkit-simd backend", () => {
  it.each<[string, (x: tf.Tensor) => tf.Tensor | tf.Tensor[]]>([
    ["slice", (x) => tf.slice(x, [1, 0], [2, 7])],
    ["split", (x) => tf.split(x, 5)],
    ["unstack", (x) => tf.unstack(x)],
    ["slice of rank 6", (x) => tf.slice(tf.reshape(x, [1, 5, 1, 7, 1, 1]), [0, 1, 0, 0, 0, 0], [1, 2, 1, 7, 1, 1])],
    ["reshape", (x) => tf.reshape(x, [7, 5])],
    ["clone", (x) => tf.clone(x)],
    ["cast to its own type", (x) => tf.cast(x, "float32")],
    ["expandDims", (x) => tf.expandDims(x)],
    ["concat of one", (x) => tf.concat([x])],
    ["transpose", (x) => tf.transpose(x)],
    ["gather of a row", (x) => tf.gather(x, tf.tensor1d([3], "int32"))],
    ["stridedSlice", (x) => tf.stridedSlice(x, [1, 0], [3, 7], [1, 1])],
    ["reverse", (x) => tf.reverse(x)],
    ["broadcastTo its own shape", (x) => tf.broadcastTo(x, [5, 7])],
    [
      "pad by nothing",
      (x) =>
        tf.pad(x, [
          [0, 0],
          [0, 0],
        ]),
    ],
    ["tile once", (x) => tf.tile(x, [1, 1])],
    ["relu", (x) => tf.relu(x)],
  ])("outlives its source: %s", (_, f) => {
    for (const isUsed of [true, false]) {
      const source = reals([5, 7]);
      // Used by a kernel, it lies in the kernels' memory; new, on the heap.
      if (isUsed) tf.dispose(tf.neg(source));
      const made = tf.tidy(() => f(source));
      const expected = [made].flat().map((tensor) => [...tensor.dataSync()]);
      source.dispose();
      overwrite();
      expect([made].flat().map((tensor) => [...tensor.dataSync()])).toEqual(expected);
      tf.dispose(made);
    }
  });

  it("dataSync() gives a copy that is the caller's, whatever becomes of the tensor", async () => {
    const x = tf.tidy(() => tf.add(reals([5, 7]), 1));
    const values = x.dataSync();
    const later = await x.data();
    const expected = [...values];
    x.dispose();
    overwrite();
    expect([...values]).toEqual(expected);
    expect([...later]).toEqual(expected);
    expect(values.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it.each(["rnnkit-simd", "cpu"])(
    "made on %s goes to the other backend and back, and is counted where it is",
    async (home) => {
      const { data } = simdBackend();
      const away = home === "cpu" ? "rnnkit-simd" : "cpu";
      const numBefore = data.numDataIds();
      const x = await onBackend(home, () => tf.tidy(() => tf.mul(reals([5, 7]), 2)));
      const expected = [...x.dataSync()];
      for (const backend of [away, home, away]) {
        await onBackend(backend, () => {
          expect(tf.tidy(() => [...tf.neg(x).dataSync()])).toEqual(expected.map((value) => -value));
          expect(data.has(x.dataId)).toBe(backend === "rnnkit-simd");
          expect(data.numDataIds() - numBefore).toBe(backend === "rnnkit-simd" ? 1 : 0);
        });
      }
      x.dispose();
      expect([data.has(x.dataId), data.numDataIds()]).toEqual([false, numBefore]);
    },
  );

  it("does not change when the array changes that dataSync() gave", () => {
    tf.tidy(() => {
      const x = tf.square(tf.tensor1d([1, 2, 3]));
      x.dataSync().fill(7);
      expect([...x.dataSync()]).toEqual([1, 4, 9]);
    });
  });

  it("buffer() and bytes() read it", async () => {
    const x = tf.tidy(() => tf.square(tf.tensor2d([1, 2, 3, 4], [2, 2])));
    const buffer = await x.buffer();
    expect(buffer.get(1, 0)).toBe(9);
    expect(await x.bytes()).toHaveLength(16);
    x.dispose();
  });

  it("frees its memory with the last of those that share it", () => {
    const x = tf.tidy(() => tf.square(reals([5, 7])));
    const shared = tf.reshape(x, [35]);
    const held = simdMemory().numArrays;
    x.dispose();
    expect(simdMemory().numArrays).toBe(held);
    expect(shared.dataSync()).toHaveLength(35);
    shared.dispose();
    expect(simdMemory().numArrays).toBe(held - 1);
  });

  it("moves to another backend and back, and takes its memory with it", async () => {
    const x = tf.tidy(() => tf.square(tf.tensor1d([1, 2, 3])));
    const doubled = await onBackend("cpu", () => {
      const y = tf.mul(x, 2);
      expect(simdMemoryAfter(x)).toEqual([1, 4, 9]);
      return y;
    });
    const sum = tf.add(x, doubled);
    expect([...sum.dataSync()]).toEqual([3, 12, 27]);
    tf.dispose([x, doubled, sum]);
  });

  it("can be a variable, which keeps its values when what it was made of is gone", () => {
    const initial = tf.tidy(() => tf.square(tf.tensor1d([1, 2, 3])));
    const variable = tf.variable(initial);
    initial.dispose();
    overwrite();
    expect([...variable.dataSync()]).toEqual([1, 4, 9]);
    const next = tf.tidy(() => tf.add<tf.Tensor1D>(variable, 1));
    variable.assign(next);
    next.dispose();
    overwrite();
    expect([...variable.dataSync()]).toEqual([2, 5, 10]);
    variable.dispose();
  });

  it("can hold nothing, one number, strings and complex numbers", () => {
    tf.tidy(() => {
      expect([...tf.add(tf.zeros([0, 3]), 1).dataSync()]).toEqual([]);
      expect(tf.add(tf.scalar(1), 1).arraySync()).toBe(2);
      expect(tf.concat([tf.tensor1d(["a"]), tf.tensor1d(["b"])]).arraySync()).toEqual(["a", "b"]);
      expect([...tf.complex(tf.square([2]), tf.square([3])).dataSync()]).toEqual([4, 9]);
    });
  });

  it("tf.memory() counts it and says that it is reliable", () => {
    const { numBytes } = tf.memory();
    const x = reals([5, 7]);
    expect(tf.memory().numBytes - numBytes).toBe(140);
    expect(tf.memory().unreliable).toBeFalsy();
    x.dispose();
  });
});

const simdMemoryAfter = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];
