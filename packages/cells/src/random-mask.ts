import type { Generator } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";

interface MaskOptions {
  readonly shape: readonly [batchSize: number, numSteps: number, size: number];
  /** How likely a number of the mask is not 0. */
  readonly probability: number;
  /** What it is then. */
  readonly value: number;
}

/** Independent random numbers, each `value` or 0, drawn on the host: the same on every backend. */
export function randomMask(generator: Generator, { shape, probability, value }: MaskOptions): tf.Tensor3D {
  const threshold = probability * 2 ** 32;
  const values = new Float32Array(shape[0] * shape[1] * shape[2]);
  // A loop, for `Float32Array.from` takes several times as long as the draws, and a training step may want 40 000.
  for (let i = 0; i < values.length; i++) if (generator.uint32() < threshold) values[i] = value;
  return tf.tensor3d(values, [...shape]);
}

/**
 * What dropout multiplies by: 0 with probability `rate`, otherwise what keeps the mean, 1/(1 − rate). The draws are the
 * generator's, on the host, so that they are the same on every backend.
 *
 * @param options shape [B, T, N], with a T of 1 for one mask of all steps; rate, from 0 to below 1.
 * @returns a tensor of that shape that the caller owns.
 */
export function dropoutMask(
  generator: Generator,
  { shape, rate }: { readonly shape: MaskOptions["shape"]; readonly rate: number },
): tf.Tensor3D {
  return randomMask(generator, { shape, probability: 1 - rate, value: 1 / (1 - rate) });
}
