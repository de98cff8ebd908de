import type { AttentionArguments, AttentionResult } from "@rnnkit/ops";
import { uniform, xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";

export interface AttentionSizes {
  readonly batchSize: number;
  readonly numQueries: number;
  readonly numKeys: number;
  readonly width: number;
  readonly valueWidth: number;
  readonly isAdditive?: boolean;
  readonly scale?: number;
  readonly lengths?: readonly number[];
  readonly hasMask?: boolean;
}

/** Arguments with numbers from −1 to 1, the same for the same sizes; the caller disposes them. */
export function attentionArguments(sizes: AttentionSizes): AttentionArguments {
  const { batchSize, numQueries, numKeys, width, valueWidth, isAdditive, scale, lengths, hasMask } = sizes;
  const generator = xoshiro128(7);
  const draw = (count: number) => Float32Array.from({ length: count }, () => 2 * uniform(generator) - 1);
  const cube = (...shape: [number, number, number]) => tf.tensor3d(draw(shape[0] * shape[1] * shape[2]), shape);
  return {
    queries: cube(batchSize, numQueries, width),
    keys: cube(batchSize, numKeys, width),
    values: cube(batchSize, numKeys, valueWidth),
    ...(isAdditive && { vector: tf.tensor1d(draw(width)) }),
    ...(scale !== undefined && { scale }),
    ...(lengths && { lengths }),
    ...(hasMask && {
      mask: tf.tidy(() => tf.mul(tf.cast(tf.greater(cube(batchSize, numQueries, numKeys), -0.5), "float32"), 4 / 3)),
    }),
  } as AttentionArguments;
}

/** The tensors that have a gradient. */
export function operands({ queries, keys, values, vector }: AttentionArguments): Record<string, tf.Tensor> {
  return { queries, keys, values, ...(vector && { vector }) };
}

/** A number of both results, in which every element of either counts in its own way. */
export function weightedSum({ context, weights }: AttentionResult): tf.Scalar {
  return tf.tidy(() => {
    const factors = (tensor: tf.Tensor) => tf.reshape(tf.cos(tf.range(1, tensor.size + 1)), tensor.shape);
    const sum = (tensor: tf.Tensor) => tf.sum(tf.mul(tensor, factors(tensor)));
    return tf.add<tf.Scalar>(sum(context), tf.mul(sum(weights), 0.7));
  });
}

/** Results and gradients of `weightedSum` as plain numbers. */
export function readAttention(
  op: (args: AttentionArguments) => AttentionResult,
  args: AttentionArguments,
): Record<string, Float32Array> {
  return tf.tidy(() => {
    const { context, weights } = op(args);
    const named = operands(args);
    const names = Object.keys(named);
    const loss = (...tensors: tf.Tensor[]) =>
      weightedSum(op({ ...args, ...Object.fromEntries(names.map((name, i) => [name, tensors[i]])) }));
    const gradients = tf.grads(loss)(Object.values(named));
    const values = { context, weights, ...Object.fromEntries(names.map((name, i) => [`d ${name}`, gradients[i]!])) };
    return Object.fromEntries(
      Object.entries(values).map(([name, tensor]) => [name, (tensor as tf.Tensor).dataSync<"float32">()]),
    );
  });
}
