import * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";
import { hasKernel, runKernel } from "./kernels.ts";
import { withGradient } from "./with-gradient.ts";

/**
 * Rows of a table: `output[..., :] = table[ids[...], :]`, with a gradient that adds up over repeated ids and runs on every
 * backend (that of `tf.gather` does not exist on wasm).
 *
 * @param table [V, E]; borrowed.
 * @param ids int32, any shape, each from 0 to V - 1; borrowed. They are not read back to be checked: an id outside the
 *   table gives what the backend's gather gives. Check them where they are still numbers.
 * @returns [...ids.shape, E], owned by the caller. Differentiable with respect to the table.
 * @throws TypeError when `ids` is not int32; ShapeError when `table` is not a matrix.
 */
export function embeddingLookup(table: tf.Tensor2D, ids: tf.Tensor): tf.Tensor {
  checkShape("embeddingLookup: table", table, { V: undefined, E: undefined });
  if (ids.dtype !== "int32") throw new TypeError(`embeddingLookup: ids must be int32, got ${ids.dtype}`);
  const [vocabSize, embeddingSize] = table.shape;
  const [output] = withGradient({
    inputs: { table },
    forward(save) {
      const rows = hasKernel("embeddingLookup")
        ? runKernel("embeddingLookup", { table, ids }, {})
        : [tf.gather(table, ids)];
      save([ids]);
      return rows;
    },
    backward: ([gradient], [savedIds]) => ({
      table: () => {
        if (hasKernel("embeddingGradient")) {
          return runKernel("embeddingGradient", { gradient, ids: savedIds }, { shape: [vocabSize, embeddingSize] })[0]!;
        }
        return tf.tidy(() =>
          tf.scatterND(tf.reshape(savedIds!, [-1, 1]) as tf.Tensor2D, tf.reshape(gradient!, [-1, embeddingSize]), [
            vocabSize,
            embeddingSize,
          ]),
        );
      },
    }),
  });
  return output!;
}
