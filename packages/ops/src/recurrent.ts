import type * as tf from "@tensorflow/tfjs";
import { composedRecurrent } from "./composed-recurrent.ts";
import { kernelRecurrent } from "./kernel-recurrent.ts";
import { hasKernel } from "./kernels.ts";
import { checkRecurrent, type RecurrentArguments, type RecurrentResult } from "./recurrent-arguments.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { stateFromList } from "./state-list.ts";

/**
 * A whole sequence of steps of a recurrent net in one operation, with back-propagation through time as its own gradient.
 *
 * The tape holds one node instead of about 140 a step, and each weight gradient is one product over all steps. Values and
 * gradients equal those of `recurrentReference`, which is slower but can be differentiated twice; this one can not. Rows of
 * unequal lengths are treated as PyTorch's packed sequences are, in any order: what lies beyond a row's length has no effect.
 *
 * @param kind `rnn-tanh`, `rnn-relu`, `gru` (reset after the product, as PyTorch) or `lstm`.
 * @returns tensors that the caller owns; the arguments are borrowed. Differentiable with respect to all tensors but ids.
 * @throws ShapeError when the shapes do not fit; TypeError when `inputs` has another type; RangeError for a bad length.
 */
export function recurrent<Kind extends RecurrentKind>(
  kind: Kind,
  args: RecurrentArguments<Kind>,
): RecurrentResult<Kind> {
  const sequence = checkRecurrent("recurrent", kind, args);
  const run = hasKernel("recurrent") ? kernelRecurrent : composedRecurrent;
  const [outputs, ...finalState] = run(kind, sequence);
  return { outputs: outputs as tf.Tensor3D, finalState: stateFromList(kind, finalState as tf.Tensor2D[]) };
}
