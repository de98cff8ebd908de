import * as tf from "@tensorflow/tfjs";
import { clearPadding } from "./clear-padding.ts";
import { oneHot } from "./one-hot.ts";
import { checkRecurrent, type RecurrentArguments, type RecurrentResult } from "./recurrent-arguments.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { recurrentStep } from "./recurrent-step.ts";
import { stateFromList, stateToList, zeroStateList } from "./state-list.ts";
import { unrollSteps } from "./unroll-steps.ts";

/**
 * What `recurrent` computes, step by step and differentiated by TensorFlow.js itself: the definition that `recurrent` and
 * every kernel for it are tested against. Takes, returns and throws the same, and may be differentiated more than once.
 */
export function recurrentReference<Kind extends RecurrentKind>(
  kind: Kind,
  args: RecurrentArguments<Kind>,
): RecurrentResult<Kind> {
  const { inputs, initial, weights, lengths, isReverse } = checkRecurrent("recurrentReference", kind, args);
  return tf.tidy(() => {
    const isIds = inputs.rank === 2;
    const hiddenSize = weights.recurrentWeight.shape[1];
    const rows = isIds ? oneHot(clearPadding(inputs, lengths), weights.inputWeight.shape[1]) : inputs;
    const { outputs, finalState } = unrollSteps(
      (input, state) => {
        const before = stateFromList(kind, state as tf.Tensor2D[]);
        const next = recurrentStep(kind, { inputs: input, state: before, weights });
        return { output: next.hidden, state: stateToList(kind, next) };
      },
      {
        inputs: rows as tf.Tensor3D,
        initialState: initial ?? zeroStateList(kind, { batchSize: inputs.shape[0], hiddenSize }),
        outputSize: hiddenSize,
        lengths,
        isReverse,
      },
    );
    return { outputs, finalState: stateFromList(kind, finalState as tf.Tensor2D[]) };
  });
}
