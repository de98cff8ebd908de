import { linearCrossEntropy, optimizerUpdate, softmaxCrossEntropy } from "@rnnkit/ops";
import { expectClose, withoutWorkers } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { beforeEach, describe, expect, it } from "vitest";
import { reals } from "./op-cases.ts";
import { onBackend, simdBackend, useSimd } from "./use-simd.ts";

useSimd({ numThreads: 2 });

let words: Int32Array = new Int32Array();
beforeEach(() => {
  withoutWorkers();
  words = simdBackend().simd.ints({ pointer: 0, length: 512 });
});

/** The jobs that were asked for and are not done, by the words of memory-map.ts of `@rnnkit/simd`. */
const numWaiting = () => words[1024 >> 2]! - words[1088 >> 2]!;

/** A product that is large enough for two threads, which the backend does not wait for. */
function product(): tf.Tensor2D {
  const result = tf.matMul(reals<tf.Rank.R2>([128, 128]), reals<tf.Rank.R2>([128, 128], 2)) as tf.Tensor2D;
  expect(numWaiting()).toBeGreaterThan(0);
  return result;
}

describe("the rnnkit-simd backend, which does not wait for its kernels", () => {
  it.each<[string, (x: tf.Tensor2D) => tf.Tensor]>([
    ["a kernel of its own", (x) => tf.tanh(x)],
    ["a kernel of the cpu backend", (x) => tf.sin(x)],
    ["a kernel of the cpu backend, in place of its own", (x) => tf.sum(tf.reshape(x, [2, 64, 2, 64]), [0, 2])],
    ["a comparison in JavaScript", (x) => tf.where(tf.greater(x, 0), x, tf.neg(x))],
    ["clipping in JavaScript", (x) => tf.clipByValue(x, -0.5, 0.5)],
    ["nothing", (x) => x],
  ])("gives what a waiting kernel will have written to %s", async (_, f) => {
    const expected = await onBackend("cpu", () =>
      tf.tidy(() => [
        ...f(
          tf.matMul(reals<tf.Rank.R2>([128, 128]), reals<tf.Rank.R2>([128, 128], 2)) as tf.Tensor2D,
        ).dataSync<"float32">(),
      ]),
    );
    tf.tidy(() => {
      expectClose(f(product()).dataSync<"float32">(), expected, { tolerance: 1e-5 });
      expect(numWaiting()).toBe(0);
    });
    const late = tf.tidy(() => f(product()));
    expectClose(await late.data<"float32">(), expected, { tolerance: 1e-5 });
    late.dispose();
  });

  it("reads ids without waiting where they came from JavaScript, and refuses those that are none", () => {
    tf.tidy(() => {
      const logits = product();
      const waiting = numWaiting();
      const targets = (id: number) => tf.tensor1d([...Array<number>(127).fill(5), id], "int32");
      const loss = softmaxCrossEntropy(logits, targets(127));
      expect(numWaiting()).toBeGreaterThan(waiting);
      expect(() => softmaxCrossEntropy(logits, targets(128))).toThrow(
        new RangeError("softmaxCrossEntropy: targets must be ids from 0 to 127, got 128"),
      );
      expect(numWaiting()).toBeGreaterThan(0);
      expect(loss.dataSync()[0]).toBeGreaterThan(0);
    });
  });

  it("keeps ids as they were when they were first used, whatever becomes of the array that they came in", () => {
    tf.tidy(() => {
      const values = new Int32Array(128).fill(3);
      const targets = tf.tensor1d(values, "int32");
      const logits = product();
      const loss = () => [...softmaxCrossEntropy(logits, targets).dataSync()];
      const before = loss();
      values.fill(1000);
      expect(loss()).toEqual(before);
    });
  });

  it("computes a loss and its gradients without waiting", () => {
    tf.tidy(() => {
      const inputs = product();
      const weight = reals<tf.Rank.R2>([50, 128], 3);
      const targets = tf.tensor1d(
        Array.from({ length: 128 }, (_, i) => i % 50),
        "int32",
      );
      const waiting = numWaiting();
      const { value, grads } = tf.valueAndGrads((x, w) =>
        linearCrossEntropy(x as tf.Tensor2D, { weight: w as tf.Tensor2D }, targets),
      )([inputs, weight]);
      expect(numWaiting()).toBeGreaterThan(waiting + 4);
      expect(value.dataSync()[0]).toBeGreaterThan(0);
      for (const gradient of grads) expect(tf.norm(gradient).dataSync()[0]).toBeGreaterThan(0);
    });
  });

  it("gives what a waiting optimizer will have written into a variable that was read before", () => {
    const variable = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    tf.tidy(() => {
      const gradient = tf.tensor1d([1, 1, 1]);
      const update = () => optimizerUpdate([{ parameter: variable, gradient }], { kind: "sgd", learningRate: 0.5 });
      update();
      expect([...variable.dataSync()]).toEqual([0.5, 1.5, 2.5]);
      product();
      update();
      expect(numWaiting()).toBeGreaterThan(0);
      expect([...variable.dataSync()]).toEqual([0, 1, 2]);
      product();
      update();
      expect([...tf.floor(variable).dataSync()]).toEqual([-1, 0, 1]); // by the cpu backend
    });
    variable.dispose();
  });

  it("times kernels until they have run", async () => {
    const x = tf.tidy(product);
    let waitingWithin = 0;
    const { kernelMs } = (await tf.time(() => {
      tf.dispose(tf.tidy(product));
      waitingWithin = numWaiting();
    })) as { kernelMs: number };
    expect(waitingWithin).toBeGreaterThan(0);
    expect(numWaiting()).toBe(0);
    expect(kernelMs).toBeGreaterThan(0);
    x.dispose();
  });

  it("gives tensors back while kernels wait for them", () => {
    const { numArrays } = simdBackend().simd;
    const expected = [...tf.tidy(() => product().dataSync())];
    const results = Array.from({ length: 20 }, () => tf.tidy(product));
    const kept = results.filter((_, i) => i % 5 === 0);
    for (const result of results) if (!kept.includes(result)) result.dispose();
    expect(numWaiting()).toBeGreaterThan(0);
    for (const result of kept) {
      expect([...result.dataSync()]).toEqual(expected);
      result.dispose();
    }
    expect(simdBackend().simd.numArrays).toBe(numArrays);
  });
});
