import type * as tf from "@tensorflow/tfjs";
import { checkShape } from "./check-shape.ts";
import { NUM_GATES, type RecurrentKind, type RecurrentWeights } from "./recurrent-kind.ts";

/** Throws a ShapeError that names `caller` unless the weights are those of one layer of the kind. */
export function checkWeights(caller: string, kind: RecurrentKind, weights: RecurrentWeights): void {
  const hiddenSize = weights.recurrentWeight.shape[1];
  const rows = NUM_GATES[kind] * hiddenSize;
  checkShape(`${caller}: weights.recurrentWeight`, weights.recurrentWeight, { G·H: rows, H: hiddenSize });
  checkShape(`${caller}: weights.inputWeight`, weights.inputWeight, { G·H: rows, I: undefined });
  if (weights.inputBias) checkShape(`${caller}: weights.inputBias`, weights.inputBias, { G·H: rows });
  if (weights.recurrentBias) checkShape(`${caller}: weights.recurrentBias`, weights.recurrentBias, { G·H: rows });
}

/** Throws a ShapeError that names `argument` unless every tensor of the state is [B, H]. */
export function checkState(
  argument: string,
  tensors: tf.Tensor2D[],
  batchSize: number,
  { recurrentWeight }: RecurrentWeights,
): void {
  for (const tensor of tensors) checkShape(argument, tensor, { B: batchSize, H: recurrentWeight.shape[1] });
}
