import * as tf from "@tensorflow/tfjs";
import { clearPadding } from "./clear-padding.ts";
import { oneHot } from "./one-hot.ts";
import { checkRecurrent, type RecurrentArguments, type RecurrentResult } from "./recurrent-arguments.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { recurrentStep } from "./recurrent-step.ts";
import { stepMask, stepOrder } from "./sequence-steps.ts";
import { stateFromList, stateToList } from "./state-list.ts";
import { timeStep } from "./time-step.ts";

/**
 * What `recurrent` computes, step by step and differentiated by TensorFlow.js itself: the definition that `recurrent` and
 * every kernel for it are tested against. Takes, returns and throws the same, and may be differentiated more than once.
 */
export function recurrentReference<Kind extends RecurrentKind>(
  kind: Kind,
  args: RecurrentArguments<Kind>,
): RecurrentResult<Kind> {
  const { inputs, initial, weights, lengths, isReverse } = checkRecurrent("recurrentReference", kind, args);
  const [batchSize, numSteps] = inputs.shape;
  const [inputSize, hiddenSize] = [weights.inputWeight.shape[1], weights.recurrentWeight.shape[1]];
  return tf.tidy(() => {
    const cleared = clearPadding(inputs, lengths);
    const sequence = (cleared.rank === 2 ? oneHot(cleared, inputSize) : cleared) as tf.Tensor3D;
    const zeros: tf.Tensor2D = tf.zeros([batchSize, hiddenSize]);
    const outputs: tf.Tensor2D[] = Array.from({ length: numSteps }, () => zeros);
    let state = initial.map((tensor) => tf.clone(tensor));
    for (const t of stepOrder({ numSteps, lengths, isReverse })) {
      const mask = stepMask(t, lengths);
      const isValid = mask && tf.cast(mask, "bool");
      const choose = (moved: tf.Tensor2D, held: tf.Tensor2D): tf.Tensor2D =>
        isValid ? tf.where(isValid, moved, held) : moved;
      const step = recurrentStep(kind, { inputs: timeStep(sequence, t), state: stateFromList(kind, state), weights });
      const moved = stateToList(kind, step);
      outputs[t] = choose(moved[0]!, zeros);
      state = moved.map((tensor, i) => choose(tensor, state[i]!));
    }
    return {
      outputs: (numSteps > 0 ? tf.stack(outputs, 1) : tf.zeros([batchSize, 0, hiddenSize])) as tf.Tensor3D,
      finalState: stateFromList(kind, state),
    };
  });
}
