import type * as tf from "@tensorflow/tfjs";
import {
  checkAttending,
  type AttendingArguments,
  type AttendingResult,
  type CheckedAttending,
} from "./attending-arguments.ts";
import { attention } from "./attention.ts";
import { attentionReference } from "./attention-reference.ts";
import { composedAttending } from "./composed-attending.ts";
import { kernelAttending } from "./kernel-attending.ts";
import { hasKernel } from "./kernels.ts";
import { recurrent } from "./recurrent.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { recurrentReference } from "./recurrent-reference.ts";
import { stateFromList } from "./state-list.ts";

/**
 * Recurrent layers above one another that attend before each step, over a whole sequence: the decoder of Bahdanau and d2l.
 *
 * In step t the query is the top layer's hidden state after step t − 1, times `queryWeight` where there is one; its weights and its
 * context are those of `attention`, and the context goes, in front of the input, into the bottom layer.
 *
 * @param kind `rnn-tanh`, `rnn-relu`, `gru` (reset after the product, as PyTorch) or `lstm`.
 * @returns tensors that the caller owns; the arguments are borrowed. Differentiable, once, with respect to all but the masks.
 * @throws ShapeError when the shapes do not fit; RangeError when a length is not from 1 to S, there is both vector and scale, or there
 *   is no step or no layer.
 * @see Bahdanau, Cho and Bengio (2015); d2l 0.17, `Seq2SeqAttentionDecoder`.
 */
export function attendingRecurrent<Kind extends RecurrentKind>(
  kind: Kind,
  args: AttendingArguments<Kind>,
): AttendingResult<Kind> {
  const checked = checkAttending("attendingRecurrent", kind, args);
  // A single step, as of a search, is faster by kernels that keep the weights packed from one to the next.
  const isFused = hasKernel("attending") && args.inputs.shape[1] > 1;
  const tensors = isFused ? kernelAttending(kind, checked) : composedAttending(kind, checked, { attention, recurrent });
  return resultOf(kind, checked, tensors);
}

/**
 * What `attendingRecurrent` computes, of operations that TensorFlow.js differentiates itself: the definition that every kernel for it is
 * tested against. Takes, returns and throws the same, and may be differentiated more than once.
 */
export function attendingReference<Kind extends RecurrentKind>(
  kind: Kind,
  args: AttendingArguments<Kind>,
): AttendingResult<Kind> {
  const checked = checkAttending("attendingReference", kind, args);
  const ops = { attention: attentionReference, recurrent: recurrentReference };
  return resultOf(kind, checked, composedAttending(kind, checked, ops));
}

function resultOf<Kind extends RecurrentKind>(
  kind: Kind,
  { layers, initial }: CheckedAttending,
  [outputs, weights, ...states]: tf.Tensor[],
): AttendingResult<Kind> {
  const size = initial[0]!.length;
  const finalState = layers.map((_, k) => stateFromList(kind, states.slice(k * size, (k + 1) * size) as tf.Tensor2D[]));
  return { outputs: outputs as tf.Tensor3D, weights: weights as tf.Tensor3D, finalState };
}
