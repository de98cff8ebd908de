import { linearCrossEntropy, ShapeError, softmaxCrossEntropy, type SoftmaxCrossEntropyOptions } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { checkCount, checkLengths } from "../check-batch.ts";
import type { Linear } from "../modules/linear.ts";
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
  batch: SequenceTargets & CrossEntropyLossOptions,
): MeanLoss {
  if (logits.shape[0] !== batch.targets.length) {
    throw new ShapeError(`${caller}: logits must have ${batch.targets.length} rows, got ${logits.shape[0]}`);
  }
  const sum = (targets: tf.Tensor1D, options: SoftmaxCrossEntropyOptions) =>
    tf.sum<tf.Scalar>(softmaxCrossEntropy(logits, targets, options));
  return meanOf(caller, { ...batch, vocabSize: logits.shape[1] }, (targets, { scale, ...options }) =>
    tf.mul(sum(targets, options), scale),
  );
}

/** The same of the logits that `output` makes of features [B, T, I] or [B·T, I], which need not be held where only their loss is wanted. */
export function linearCrossEntropyLoss(
  caller: string,
  { features, output }: { readonly features: tf.Tensor2D | tf.Tensor3D; readonly output: Linear },
  batch: SequenceTargets & CrossEntropyLossOptions,
): MeanLoss {
  // Two losses of the same logits.
  if ((batch.labelSmoothing ?? 0) > 0) return namedCrossEntropyLoss(caller, output.apply(features), batch);
  return meanOf(caller, { ...batch, vocabSize: output.weight.shape[0] }, (targets, options) =>
    linearCrossEntropy(features, output, targets, options),
  );
}

/** @param sum of the losses of all targets, times `scale`. */
function meanOf(
  caller: string,
  batch: SequenceTargets & CrossEntropyLossOptions & { readonly vocabSize: number },
  sum: (targets: tf.Tensor1D, options: SoftmaxCrossEntropyOptions & { readonly scale: number }) => tf.Scalar,
): MeanLoss {
  const { targets, shape, lengths, labelSmoothing = 0, reduction = "mean" } = batch;
  checkCount(`${caller}: targets`, targets, shape);
  if (lengths) checkLengths(`${caller}: lengths`, lengths, { shape });
  if (reduction !== "mean" && reduction !== "d2l") {
    throw new RangeError(`${caller}: reduction must be mean or d2l, got ${String(reduction)}`);
  }
  const { weights, ids, count } = targetWeights(caller, batch);
  const mask = count < ids.length && tf.tensor1d(weights);
  const options = { scale: 1 / count, ...(mask && { mask }) };
  const known = tf.tensor1d(ids, "int32");
  const meanLoss = sum(known, options);
  if (labelSmoothing === 0 && reduction === "mean") return { meanLoss, count };
  const optimised = labelSmoothing > 0 ? sum(known, { ...options, labelSmoothing }) : meanLoss;
  return { meanLoss, count, objective: reduction === "d2l" ? tf.mul(optimised, count / shape[1]) : optimised };
}
