import { globalNorm } from "@rnnkit/ops";
import { deriveSeed, xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { addGradients, batchGradients } from "./batch-gradients.ts";
import type { CarriedState } from "./carried-state.ts";
import { clippingScale } from "./clip-by-global-norm.ts";
import { clipByValue } from "./clip-by-value.ts";
import type { CarriedBatch, Loss, State } from "./loss.ts";
import type { Optimizer, Parameters } from "./optimizer.ts";
import { readScalar } from "./read-scalar.ts";

interface TrainStepArguments<Batch extends CarriedBatch, S extends State> {
  readonly run: {
    readonly parameters: Parameters;
    readonly loss: Loss<Batch, S>;
    readonly optimizer: Optimizer;
    readonly maxGradientNorm: number;
    readonly clippingEpsilon: number;
    readonly maxGradientValue: number;
    readonly seed: number;
  };
  readonly carried: CarriedState<S>;
  /** The index of the step, from 0. */
  readonly step: number;
  readonly learningRateFactor: number;
}

interface TrainStepResult {
  /** Over all tokens of the batches, before the step. */
  readonly meanLoss: number;
  readonly count: number;
  /** Before clipping. */
  readonly gradientNorm: number;
  /** Where it is false, no step was made. */
  readonly isFinite: boolean;
}

/**
 * Learns from some batches as if they were one: their gradients are weighted by their tokens. Where the loss or the gradients are
 * not finite, the parameters are left alone.
 */
export async function trainStep<Batch extends CarriedBatch, S extends State>(
  batches: readonly Batch[],
  { run, carried, step, learningRateFactor }: TrainStepArguments<Batch, S>,
): Promise<TrainStepResult> {
  const { parameters, loss, optimizer, maxGradientNorm, clippingEpsilon, maxGradientValue, seed } = run;
  const stepSeed = deriveSeed(seed, step);
  let gradients: tf.NamedTensorMap = {};
  const parts: { readonly mean: tf.Scalar; readonly count: number }[] = [];
  let norm: tf.Scalar | undefined;
  try {
    for (const [index, batch] of batches.entries()) {
      const generator = xoshiro128(deriveSeed(stepSeed, index));
      const part = batchGradients(batch, { parameters, loss, carried, training: { generator, step } });
      parts.push(part);
      if (batches.length === 1) gradients = part.gradients;
      else gradients = addGradients(gradients, { gradients: part.gradients, weight: part.count });
    }
    // All is asked for before anything is read, for reading waits until it is computed; and it is read before the step is made, which must
    // not be made with what is not finite.
    norm = globalNorm(Object.values(gradients));
    let totalLoss = 0;
    let count = 0;
    for (const part of parts) {
      totalLoss += (await readScalar(part.mean)) * (parts.length === 1 ? 1 : part.count);
      count += part.count;
    }
    // Gradients of several batches are sums over tokens still: the scale makes means of them.
    const scale = parts.length === 1 ? 1 : 1 / count;
    const meanLoss = totalLoss * scale;
    const gradientNorm = (await readScalar(norm)) * scale;
    const isFinite = Number.isFinite(meanLoss) && Number.isFinite(gradientNorm);
    if (isFinite) {
      let normToClip = gradientNorm;
      if (maxGradientValue < Infinity) {
        const clipped = clipByValue(gradients, { maxValue: maxGradientValue / scale });
        tf.dispose(gradients);
        gradients = clipped as tf.NamedTensorMap;
        if (maxGradientNorm < Infinity) normToClip = (await readScalar(globalNorm(Object.values(gradients)))) * scale;
      }
      const clipping = clippingScale(normToClip, { maxNorm: maxGradientNorm, epsilon: clippingEpsilon });
      optimizer.update(parameters, gradients, { gradientScale: scale * clipping, learningRateFactor });
    }
    return { meanLoss, count, gradientNorm, isFinite };
  } finally {
    tf.dispose([gradients, norm ?? [], parts.map(({ mean }) => mean)]);
  }
}
