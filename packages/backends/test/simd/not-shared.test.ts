import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { languageModel } from "./language-model.ts";
import { OP_CASES, reals } from "./op-cases.ts";
import { onBackend, simdBackend, simdMemory, useSimd } from "./use-simd.ts";

beforeAll(() => {
  vi.stubGlobal("SharedArrayBuffer", undefined); // as in a page that is not cross-origin isolated
});
afterAll(() => {
  vi.unstubAllGlobals();
});
useSimd({ numThreads: 2 });

/** Makes the memory grow, which takes every view of it away. */
function grow(): void {
  const { simd } = simdBackend();
  const before = simd.floats({ pointer: 0, length: 1 });
  const blocks = [];
  while (before.length > 0) blocks.push(simd.allocate(1 << 20));
  for (const block of blocks) simd.free(block);
}

describe("the rnnkit-simd backend where memory cannot be shared", () => {
  it("computes on one thread", () => {
    expect(simdBackend().simd.numThreads).toBe(1);
  });

  it("keeps the values of tensors when memory grows, for its own kernels and those of the cpu backend", () => {
    tf.tidy(() => {
      const x = tf.square(reals([5, 7]));
      const variable = tf.variable(x);
      const expected = [...x.dataSync()];
      grow();
      expect([...x.dataSync()]).toEqual(expected);
      expectClose(tf.sin(x).dataSync(), expected.map(Math.sin));
      grow();
      expect([...tf.add(variable, x).dataSync()]).toEqual(expected.map((value) => 2 * value));
      variable.dispose();
    });
  });

  it("trains as the cpu backend does, and leaves nothing behind", async () => {
    const losses = () => {
      const model = languageModel();
      const values = Array.from({ length: 5 }, () => {
        if (tf.getBackend() !== "cpu") grow();
        return model.step();
      });
      model.dispose();
      return values;
    };
    const expected = await onBackend("cpu", losses);
    const memory = simdMemory();
    expectClose(losses(), expected, { tolerance: 1e-4 });
    expect(simdMemory()).toEqual(memory);
  });

  it("gives what cpu gives in a tenth of the cases", async () => {
    const values = () =>
      tf.tidy(() =>
        OP_CASES.filter((_, i) => i % 10 === 0)
          .flatMap(([, compute]) => [compute()].flat(2))
          .filter(({ dtype }) => dtype === "float32")
          .map((tensor) => [...tensor.dataSync<"float32">()]),
      );
    const expected = await onBackend("cpu", values);
    for (const [i, actual] of values().entries()) {
      expectClose(actual, expected[i]!, { tolerance: 2e-5, label: `result ${i}` });
    }
  });
});
