import type * as tf from "@tensorflow/tfjs";
import { checkAttention, type AttentionArguments, type AttentionResult } from "./attention-arguments.ts";
import { composedAttention } from "./attention-reference.ts";
import { kernelAttention } from "./kernel-attention.ts";
import { hasKernel } from "./kernels.ts";

/**
 * Attention: each query's weights over the keys of its row, softmax(score(query, key)), and the values summed by them.
 *
 * score = vector · tanh(query + key) where there is a vector (Bahdanau; the projections are the caller's), else scale · query · key
 * (Luong; 1/√A makes it scaled). Weights beyond a row's length are exactly 0, as with scores of −∞; what lies there has no effect.
 *
 * @returns tensors that the caller owns; the arguments are borrowed. Differentiable, once, with respect to all but the mask. The
 *   weights are those before the mask.
 * @throws ShapeError when the shapes do not fit; RangeError when a length is not from 1 to S, or there is both vector and scale.
 * @see Bahdanau, Cho and Bengio (2015); Luong, Pham and Manning (2015).
 */
export function attention(args: AttentionArguments): AttentionResult {
  const checked = checkAttention("attention", args);
  const [context, weights] = hasKernel("attention") ? kernelAttention(checked) : composedAttention(checked);
  return { context: context as tf.Tensor3D, weights: weights as tf.Tensor3D };
}
