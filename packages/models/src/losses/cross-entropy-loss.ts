import { ShapeError, softmaxCrossEntropy } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { checkCount, checkLengths } from "../check-batch.ts";
import type { SequenceTargets } from "./sequence-targets.ts";
import { targetWeights } from "./target-weights.ts";

export interface CrossEntropyLossOptions {
  /** ε of the objective, the share of the uniform distribution in the target. Default 0. */
  readonly labelSmoothing?: number;
  /**
   * What is differentiated: the `mean` over all targets that count; or d2l's, for each row the sum over its T positions
   * divided by T, padding included, summed over the rows. Default `mean`.
   */
  readonly reduction?: "mean" | "d2l";
}

/** What a loss says of a batch. */
export interface MeanLoss {
  /** The mean over all that counts. */
  readonly meanLoss: tf.Scalar;
  /** How many values it is over. */
  readonly count: number;
  /** What is differentiated, where it is something else. */
  readonly objective?: tf.Scalar;
}

/**
 * The cross-entropy of sequences of different lengths: −log softmax(logits)[target], in nats, over all targets that count.
 *
 * `meanLoss` is the true mean a token whatever the options, so that its exponential is a perplexity; what smoothing or d2l's
 * reduction changes is `objective` alone. Call it inside a tidy or a gradient.
 *
 * @param logits [B·T, V], row by row; borrowed.
 * @param batch targets [B, T]; those beyond a row's length, and those that are `IGNORED_TARGET`, do not count.
 * @throws RangeError when no target counts, a row has a length of 0, or a target is no class; ShapeError for bad logits.
 * @see `torch.nn.functional.cross_entropy`; d2l 0.17, `MaskedSoftmaxCELoss`.
 */
export function crossEntropyLoss(
  logits: tf.Tensor2D,
  batch: SequenceTargets,
  options: CrossEntropyLossOptions = {},
): MeanLoss {
  return namedCrossEntropyLoss("crossEntropyLoss", logits, { ...batch, ...options });
}

/** @param caller named in errors: the public function whose batch it is. */
export function namedCrossEntropyLoss(
  caller: string,
  logits: tf.Tensor2D,
  { targets, shape, lengths, labelSmoothing = 0, reduction = "mean" }: SequenceTargets & CrossEntropyLossOptions,
): MeanLoss {
  const [, numSteps] = shape;
  checkCount(`${caller}: targets`, targets, shape);
  if (lengths) checkLengths(`${caller}: lengths`, lengths, { shape });
  if (logits.shape[0] !== targets.length) {
    throw new ShapeError(`${caller}: logits must have ${targets.length} rows, got ${logits.shape[0]}`);
  }
  if (reduction !== "mean" && reduction !== "d2l") {
    throw new RangeError(`${caller}: reduction must be mean or d2l, got ${String(reduction)}`);
  }
  const { weights, ids, count } = targetWeights(caller, { targets, shape, lengths, vocabSize: logits.shape[1] });
  return tf.tidy(() => {
    const mask = count < ids.length ? tf.tensor1d(weights) : undefined;
    const losses = (smoothing: number) =>
      softmaxCrossEntropy(logits, tf.tensor1d(ids, "int32"), {
        ...(mask && { mask }),
        ...(smoothing > 0 && { labelSmoothing: smoothing }),
      });
    const plain = losses(0);
    const total: tf.Scalar = tf.sum(plain);
    const meanLoss: tf.Scalar = tf.div(total, count);
    if (labelSmoothing === 0 && reduction === "mean") return { meanLoss, count };
    const optimised = labelSmoothing > 0 ? losses(labelSmoothing) : plain;
    const divisor = reduction === "d2l" ? numSteps : count;
    return { meanLoss, count, objective: tf.div(tf.sum(optimised), divisor) };
  }) as MeanLoss;
}
