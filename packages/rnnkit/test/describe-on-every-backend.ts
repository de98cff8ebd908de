import { useBackend } from "@rnnkit/backends";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe } from "vitest";

/** A suite on each of the backends that need no native code: two of TensorFlow.js' own, and ours. */
export function describeOnEveryBackend(body: () => void): void {
  describe.each(["cpu", "wasm", "rnnkit-simd"] as const)("on the %s backend", (name) => {
    beforeAll(async () => {
      await useBackend({ name });
    });
    afterAll(async () => {
      await tf.setBackend("cpu");
    });
    body();
  });
}
