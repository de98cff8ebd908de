import * as tf from "@tensorflow/tfjs";
import {
  checkAttention,
  type AttentionArguments,
  type AttentionResult,
  type CheckedAttention,
} from "./attention-arguments.ts";
import { clearPadding } from "./clear-padding.ts";

/**
 * What `attention` computes, of ordinary operations that TensorFlow.js differentiates itself: the definition that every kernel for it
 * is tested against. Takes, returns and throws the same, and may be differentiated more than once.
 */
export function attentionReference(args: AttentionArguments): AttentionResult {
  const [context, weights] = composedAttention(checkAttention("attentionReference", args));
  return { context, weights };
}

/** It trusts its arguments. @returns the context and the weights. */
export function composedAttention({
  queries,
  keys,
  values,
  vector,
  scale,
  lengths,
  mask,
}: CheckedAttention): [context: tf.Tensor3D, weights: tf.Tensor3D] {
  const [batchSize, numQueries, width] = queries.shape;
  const numKeys = keys.shape[1];
  const { context, weights } = tf.tidy(() => {
    const ownKeys = clearPadding(keys, lengths);
    const scores = vector
      ? additiveScores(queries, ownKeys, vector)
      : tf.mul(tf.matMul(queries, ownKeys, false, true), scale);
    const own = lengths ? maskScores(scores, lengths) : scores;
    const rows = tf.reshape(own, [batchSize * numQueries, numKeys]);
    const weights: tf.Tensor3D = tf.reshape(tf.softmax(rows), [batchSize, numQueries, numKeys]);
    const kept = mask ? tf.mul<tf.Tensor3D>(weights, mask) : weights;
    return { context: tf.matMul(kept, clearPadding(values, lengths)) as tf.Tensor3D, weights };
  });
  return [context, weights];

  function additiveScores(q: tf.Tensor3D, k: tf.Tensor3D, v: tf.Tensor1D): tf.Tensor {
    const each = tf.tanh(tf.add(tf.expandDims(q, 2), tf.expandDims(k, 1))); // [B, T, S, A]
    const products = tf.matMul(tf.reshape(each, [-1, width]), tf.reshape(v, [width, 1]));
    return tf.reshape(products, [batchSize, numQueries, numKeys]);
  }

  /** Below every score there is, so that its exponential is 0; −∞ itself would be NaN in a gradient. */
  function maskScores(scores: tf.Tensor, ends: Int32Array): tf.Tensor {
    const isOwn = Array.from(ends, (end) => Array.from({ length: numKeys }, (_, s) => Number(s < end))).flat();
    const condition = tf.tensor3d(isOwn, [batchSize, 1, numKeys], "bool");
    return tf.where(condition, scores, tf.scalar(-1e30));
  }
}
