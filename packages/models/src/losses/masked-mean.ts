import { ShapeError } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { checkCount } from "../check-batch.ts";

/** How two tensors are compared value by value. */
export interface ComparedValues {
  /** Of the shape of what is compared with it; borrowed. */
  readonly targets: tf.Tensor;
  /** 1 for each value that counts and 0 for another, row by row. Default all 1. */
  readonly mask?: ArrayLike<number>;
}

/** The mean of `losses()`, of the shape of `values`, over the values that the mask keeps. */
export function maskedMean(
  caller: string,
  { values, targets, mask }: ComparedValues & { readonly values: tf.Tensor },
  losses: () => tf.Tensor,
): tf.Scalar {
  if (targets.shape.join() !== values.shape.join()) {
    const [expected, got] = [values.shape.join(", "), targets.shape.join(", ")];
    throw new ShapeError(`${caller}: targets must have shape [${expected}], got [${got}]`);
  }
  const weights = mask ? Float32Array.from(mask) : undefined;
  if (weights) checkCount(`${caller}: mask`, weights, values.shape);
  const count = weights ? weights.reduce((sum, weight) => sum + weight, 0) : values.size;
  if (!(count > 0)) throw new RangeError(`${caller}: mask must keep a value, got ${count} of ${values.size}`);
  return tf.tidy(() => {
    const kept = weights ? tf.mul(losses(), tf.tensor(weights, values.shape)) : losses();
    return tf.div<tf.Scalar>(tf.sum(kept), count);
  });
}
