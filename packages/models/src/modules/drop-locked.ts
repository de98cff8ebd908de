import { dropoutMask } from "@rnnkit/cells";
import * as tf from "@tensorflow/tfjs";
import type { TrainingStep } from "../training-step.ts";

/** Variational dropout while a model is trained: one mask of each row's features [B, T, H] for all of its steps. */
export function dropLocked(
  features: tf.Tensor3D,
  { rate = 0, training }: { readonly rate?: number | undefined; readonly training?: TrainingStep | undefined },
): tf.Tensor3D {
  if (!training || rate === 0) return features;
  const [batchSize, , size] = features.shape;
  return tf.mul(features, dropoutMask(training.generator, { shape: [batchSize, 1, size], rate }));
}
