import * as tf from "@tensorflow/tfjs";
import { stepMask } from "../modules/step-mask.ts";
import type { AttentionScorer } from "./attention-scorer.ts";
import type { CompleteClassifierConfig } from "./text-classifier-config.ts";

interface PoolOptions {
  readonly pooling: CompleteClassifierConfig["pooling"];
  /** [B], 1 to T. */
  readonly lengths: ArrayLike<number>;
  /** The width of the features that come from the forward direction; the others, if any, from the backward one. */
  readonly forwardSize: number;
  readonly scorer: AttentionScorer | undefined;
}

/** What is added to what may not be the largest: far below any output, and exact where 0 is added instead. */
const BELOW_ALL = -1e9;

/** One vector [B, D] for each row of features [B, T, D], of its valid steps alone. */
export function poolSteps(features: tf.Tensor3D, { pooling, lengths, forwardSize, scorer }: PoolOptions): tf.Tensor2D {
  const [batchSize, numSteps, size] = features.shape;
  const shape = [batchSize, numSteps] as const;
  const pick = (part: tf.Tensor3D, mask: tf.Tensor3D): tf.Tensor2D => tf.sum(tf.mul(part, mask), 1);
  if (pooling === "last") {
    const last = stepMask(shape, (step, row) => step === lengths[row]! - 1);
    if (forwardSize === size) return pick(features, last);
    const [forward, backward] = tf.split<tf.Tensor3D>(features, [forwardSize, size - forwardSize], 2);
    return tf.concat(
      [
        pick(forward!, last),
        pick(
          backward!,
          stepMask(shape, (step) => step === 0),
        ),
      ],
      1,
    );
  }
  const valid = stepMask(shape, (step, row) => step < lengths[row]!);
  if (pooling === "mean") {
    const counts = tf.tensor2d(Float32Array.from(lengths), [batchSize, 1]);
    return tf.div(pick(features, valid), counts); // the outputs beyond a length are 0 already
  }
  const penalty = tf.mul(tf.sub(1, valid), BELOW_ALL);
  if (pooling === "max") return tf.max(tf.add(features, penalty), 1);
  const scores = tf.add(scorer!.score(features), penalty); // [B, T, 1]
  const weights = tf.softmax(tf.reshape(scores, [batchSize, numSteps]));
  return pick(features, tf.reshape(weights, [batchSize, numSteps, 1]));
}
