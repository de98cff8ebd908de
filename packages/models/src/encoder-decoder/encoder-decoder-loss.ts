import { softmaxCrossEntropy } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { TrainingStep } from "../training-step.ts";
import { checkTargets, countTargets } from "./check-pairs.ts";
import type { EncoderDecoder, EncoderDecoderBatch } from "./encoder-decoder.ts";
import { mixedInputs, type ScheduledSampling } from "./scheduled-sampling.ts";

export interface EncoderDecoderLossOptions {
  /**
   * What is differentiated: `mean`, the mean over all valid tokens; or `d2l`, of each row the sum over its valid tokens divided by T,
   * the padded length, summed over the rows. Default `mean`.
   */
  readonly objective?: "mean" | "d2l";
  /** In training, whether the decoder reads some tokens of its own. Default: always the right ones, teacher forcing. */
  readonly scheduledSampling?: ScheduledSampling;
}

/** A batch's loss, as `train` of `@rnnkit/training` wants it. The caller owns the tensors. */
export type EncoderDecoderLoss = (
  batch: EncoderDecoderBatch,
  state: never[] | null,
  training?: TrainingStep,
) => { meanLoss: tf.Scalar; count: number; state: never[]; objective?: tf.Scalar };

/**
 * The cross-entropy of the targets, given the tokens before them: the loss that `train` of `@rnnkit/training` wants. Call it inside a
 * tidy or a gradient. With `training`, dropout and scheduled sampling are on and drawn from its generator; without, neither.
 *
 * @param model borrowed: the loss works until the model is disposed.
 * @returns a function that gives the mean in nats over the valid tokens, their number, and no state, for each pair stands alone. It
 *   throws a RangeError when an id is not in its vocabulary, a source length is not from 1 to S, a target length not from 0 to T, or
 *   no target counts.
 * @see d2l 0.17, `MaskedSoftmaxCELoss`; Bengio et al., "Scheduled Sampling" (2015).
 */
export function encoderDecoderLoss(
  model: EncoderDecoder,
  { objective = "mean", scheduledSampling }: EncoderDecoderLossOptions = {},
): EncoderDecoderLoss {
  if (objective !== "mean" && objective !== "d2l") {
    throw new RangeError(`encoderDecoderLoss: objective must be mean or d2l, got ${String(objective)}`);
  }
  return (batch, _state, training) => {
    checkTargets("EncoderDecoder.loss", batch, model.config);
    const count = countTargets("EncoderDecoder.loss", batch);
    const { inputs, targets, lengths, shape, sourceShape } = batch;
    const [batchSize, numSteps] = shape;
    return tf.tidy(() => {
      const encoding = model.encode(batch, training?.generator);
      const sizes = { batchSize, numSteps, numKeys: sourceShape[1] };
      const noise = training && model.drawNoise(training.generator, sizes);
      const reading = { ...encoding, noise };
      const gold = tf.tensor2d(inputs, [batchSize, numSteps], "int32");
      const ids =
        scheduledSampling && training ? mixedInputs(model, gold, { ...scheduledSampling, ...training, reading }) : gold;
      const { logits } = model.decode(ids, reading);
      const mask = lengths.every((length) => length === numSteps) ? undefined : validMask(lengths, numSteps);
      const losses = softmaxCrossEntropy(logits, tf.tensor1d(targets, "int32"), mask && { mask });
      const total: tf.Scalar = tf.sum(losses);
      const meanLoss: tf.Scalar = tf.div(total, count);
      return {
        meanLoss,
        count,
        state: [],
        ...(objective === "d2l" && { objective: tf.div<tf.Scalar>(total, numSteps) }),
      };
    });
  };
}

/** [B·T]: 1 where a target counts. */
function validMask(lengths: Int32Array, numSteps: number): tf.Tensor1D {
  return tf.tensor1d(
    Float32Array.from({ length: lengths.length * numSteps }, (_, i) =>
      Number(i % numSteps < lengths[Math.trunc(i / numSteps)]!),
    ),
  );
}
