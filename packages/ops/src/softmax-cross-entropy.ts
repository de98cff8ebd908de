import * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";
import { hasKernel, runKernel } from "./kernels.ts";
import { oneHot } from "./one-hot.ts";
import { withGradient } from "./with-gradient.ts";

export interface SoftmaxCrossEntropyOptions {
  /** [N], a weight for each loss, 0 where a position does not count; default all 1. Borrowed, not differentiated. */
  readonly mask?: tf.Tensor1D;
  /** ε, the share of the uniform distribution in the target, 0 to below 1; default 0. As in PyTorch's `cross_entropy`. */
  readonly labelSmoothing?: number;
}

/**
 * The negative log-likelihood of each target, in nats: −log softmax(logits)[target]; smoothed by ε, the cross-entropy with
 * (1 − ε)·target + ε/V, a mixture with the uniform distribution.
 *
 * One loss a position, unreduced: take `tf.mean`, or divide the sum by the number of positions that the mask keeps.
 *
 * @param logits [N, V], finite; borrowed.
 * @param targets [N], int32, each from 0 to V − 1 (not read back to be checked); borrowed.
 * @returns [N], owned by the caller. Differentiable with respect to the logits.
 * @throws ShapeError when the shapes do not fit; TypeError when `targets` is not int32; RangeError for a bad ε.
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  targets: tf.Tensor1D,
  { mask, labelSmoothing = 0 }: SoftmaxCrossEntropyOptions = {},
): tf.Tensor1D {
  checkShape("softmaxCrossEntropy: logits", logits, { N: undefined, V: undefined });
  const [count, vocabSize] = logits.shape;
  checkCrossEntropy("softmaxCrossEntropy", { count, targets, labelSmoothing, ...(mask && { mask }) });
  if (hasKernel("softmaxCrossEntropy")) {
    const [losses] = withGradient({
      inputs: { logits },
      forward(save) {
        const [losses, slopes] = runKernel("softmaxCrossEntropy", { logits, targets, mask }, { labelSmoothing });
        save([], [slopes!]); // the gradient of each loss by its logits
        return [losses!];
      },
      backward: ([gradient], [slopes]) => ({
        logits: () => tf.tidy(() => tf.mul(slopes!, tf.reshape(gradient!, [count, 1]))),
      }),
    });
    return losses as tf.Tensor1D;
  }
  const [losses] = withGradient({
    inputs: { logits },
    forward(save) {
      const isTarget = oneHot(targets, vocabSize); // [N, V]
      const expected = labelSmoothing
        ? tf.add(tf.mul(isTarget, 1 - labelSmoothing), labelSmoothing / vocabSize)
        : isTarget;
      const shifted = tf.sub(logits, tf.max(logits, 1, true)); // at most 0, so that exp cannot overflow
      const exponentials = tf.exp(shifted);
      const total = tf.sum(exponentials, 1, true); // [N, 1]
      const residual = tf.sub(tf.div(exponentials, total), expected); // the gradient of each loss by its logits
      save(mask ? [residual, mask] : [residual]);
      const loss = tf.sub(tf.log(tf.reshape(total, [count])), tf.sum(tf.mul(shifted, expected), 1)); // [N]
      return [mask ? tf.mul(loss, mask) : loss];
    },
    backward: ([gradient], [residual, savedMask]) => ({
      logits: () =>
        tf.tidy(() => {
          const weight = savedMask ? tf.mul(gradient!, savedMask) : gradient!;
          return tf.mul(residual!, tf.reshape(weight, [count, 1]));
        }),
    }),
  });
  return losses as tf.Tensor1D;
}

/** What all cross-entropies of N positions demand of their other arguments; `caller` names itself in the errors. */
export function checkCrossEntropy(
  caller: string,
  {
    count,
    targets,
    mask,
    labelSmoothing = 0,
  }: SoftmaxCrossEntropyOptions & { readonly count: number; readonly targets: tf.Tensor1D },
): void {
  checkShape(`${caller}: targets`, targets, { N: count });
  if (targets.dtype !== "int32") throw new TypeError(`${caller}: targets must be int32, got ${targets.dtype}`);
  if (mask) checkShape(`${caller}: mask`, mask, { N: count });
  if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
    throw new RangeError(`${caller}: labelSmoothing must be at least 0 and below 1, got ${labelSmoothing}`);
  }
}
