import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe } from "vitest";

/**
 * A suite that runs on a backend of TensorFlow.js, after which the one before it is set again.
 *
 * @param backend a name that TensorFlow.js knows; it ends the suite's title.
 */
export function describeOnBackend(title: string, backend: string, body: () => void): void {
  describe(`${title} on the ${backend} backend`, () => {
    let before = "";
    beforeAll(async () => {
      await tf.ready();
      before = tf.getBackend();
      await tf.setBackend(backend);
    });
    afterAll(async () => {
      await tf.setBackend(before);
    });
    body();
  });
}
