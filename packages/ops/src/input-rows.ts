import * as tf from "@tensorflow/tfjs";
import { clearPadding } from "./clear-padding.ts";
import { oneHot } from "./one-hot.ts";
import type { SequenceShape } from "./sequence-steps.ts";
import { stepRows, timeMajor } from "./time-major.ts";
import { weightGradient } from "./weight-gradient.ts";

/** Up to this width, ids enter as one-hot rows: wasm's gather takes as long for a number as its product for so many. */
const MAX_ONE_HOT_SIZE = 512;

/** Inputs [B, T, I] as the rows [T·B, I] of a time-major sequence, ids [B, T] as [T·B]; without padding. */
export function timeMajorInputs(inputs: tf.Tensor3D | tf.Tensor2D, { lengths }: SequenceShape): tf.Tensor {
  return tf.tidy(() => {
    const cleared = clearPadding(inputs, lengths);
    return cleared.rank === 2 ? tf.reshape(tf.transpose(cleared), [-1]) : timeMajor(cleared);
  });
}

/**
 * The products of the steps' inputs with the weight.
 *
 * @param transposed the input weight as [I, G·H].
 * @returns a function from a step t to [B, G·H].
 */
export function inputProjection(
  rows: tf.Tensor,
  transposed: tf.Tensor2D,
  batchSize: number,
): (t: number) => tf.Tensor2D {
  const inputSize = transposed.shape[0];
  if (rows.rank === 1 && inputSize > MAX_ONE_HOT_SIZE)
    return (t) => tf.gather(transposed, stepRows(rows, t, batchSize));
  const dense = rows.rank === 1 ? oneHot(rows, inputSize) : rows;
  // Step by step: wasm's slice copies its whole operand, and the inputs are narrower than their projection.
  return (t) => tf.matMul(stepRows(dense as tf.Tensor2D, t, batchSize), transposed);
}

/** @returns [G·H, I], the gradient of the input weight, from that of the projections, [T·B, G·H]. */
export function inputWeightGradient(gradient: tf.Tensor2D, rows: tf.Tensor, inputSize: number): tf.Tensor {
  if (rows.rank > 1) return weightGradient(gradient, rows);
  return tf.tidy(() => {
    const ids = tf.reshape<tf.Rank.R2>(rows, [-1, 1]);
    return tf.transpose(tf.scatterND(ids, gradient, [inputSize, gradient.shape[1]]));
  });
}
