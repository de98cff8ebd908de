import { uniform, type Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { noiseOfStep, type DecoderReading } from "./decoder.ts";
import type { EncoderDecoder } from "./encoder-decoder.ts";

/** With which tokens a decoder is trained: the right ones at first, more and more of its own later. */
export interface ScheduledSampling {
  /** ε of a training step, from 0: how likely an input is the right token, for each one anew; 0 to 1. */
  readonly goldProbability: (step: number) => number;
  /** The model's own token: the `likeliest`, or one `drawn` from its distribution, as in the paper. Default `drawn`. */
  readonly choice?: "likeliest" | "drawn";
}

interface MixingOptions extends ScheduledSampling {
  readonly generator: Generator;
  readonly step: number;
  readonly reading: DecoderReading;
}

/**
 * The inputs of a decoder under scheduled sampling, chosen one step after the other; the first is always the right one. No gradient goes
 * through a choice, so the gradient is that of the same inputs under teacher forcing, which is how the caller gets it.
 *
 * @param gold [B, T], int32; borrowed.
 * @returns [B, T], int32; the caller owns it.
 * @throws RangeError when the probability is not from 0 to 1.
 */
export function mixedInputs(
  model: EncoderDecoder,
  gold: tf.Tensor2D,
  { goldProbability, choice = "drawn", generator, step, reading }: MixingOptions,
): tf.Tensor2D {
  const probability = goldProbability(step);
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`scheduledSampling: goldProbability must be from 0 to 1, got ${probability} for step ${step}`);
  }
  if (probability === 1) return tf.clone(gold);
  const [batchSize, numSteps] = gold.shape;
  return tf.tidy(() => {
    const columns: tf.Tensor2D[] = numSteps === 1 ? [gold] : tf.split<tf.Tensor2D>(gold, numSteps, 1);
    const inputs = [columns[0]!];
    let { state } = reading;
    for (let t = 1; t < numSteps; t++) {
      const noise = reading.noise && noiseOfStep(reading.noise, t - 1);
      const { logits, state: next } = model.decode(inputs[t - 1]!, { ...reading, state, noise });
      state = next;
      const isGold = Uint8Array.from({ length: batchSize }, () => Number(uniform(generator) < probability));
      const scores = choice === "drawn" ? tf.add(logits, gumbels(generator, logits.shape)) : logits;
      const own: tf.Tensor2D = tf.reshape(tf.argMax(scores, 1), [batchSize, 1]);
      inputs.push(tf.where(tf.tensor2d(isGold, [batchSize, 1], "bool"), columns[t]!, own));
    }
    return tf.concat(inputs, 1);
  });
}

/** Gumbel noise, with which the largest score is a draw from the softmax. */
function gumbels(generator: Generator, shape: [number, number]): tf.Tensor2D {
  const draw = () => -Math.log(-Math.log(uniform(generator) || Number.MIN_VALUE));
  return tf.tensor2d(Float32Array.from({ length: shape[0] * shape[1] }, draw), shape);
}
