import * as tf from "@tensorflow/tfjs";
import type { RecurrentArguments, RecurrentResult } from "./recurrent.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { recurrentStep } from "./recurrent-step.ts";
import { timeStep } from "./time-step.ts";

/**
 * What `recurrent` computes, step by step and differentiated by TensorFlow.js itself: the definition that `recurrent` and
 * every kernel for it are tested against. Takes and returns the same, and may be differentiated more than once.
 *
 * @throws ShapeError when the shapes do not fit.
 */
export function recurrentReference<Kind extends RecurrentKind>(
  kind: Kind,
  { inputs, initialState, weights }: RecurrentArguments<Kind>,
): RecurrentResult<Kind> {
  const [batchSize, numSteps] = inputs.shape;
  const hiddenSize = weights.recurrentWeight.shape[1];
  return tf.tidy(() => {
    let state = initialState;
    const outputs: tf.Tensor[] = [];
    for (let t = 0; t < numSteps; t++) {
      state = recurrentStep(kind, { inputs: timeStep(inputs, t), state, weights });
      outputs.push(state.hidden);
    }
    return {
      outputs: (numSteps > 0 ? tf.stack(outputs, 1) : tf.zeros([batchSize, 0, hiddenSize])) as tf.Tensor3D,
      finalState: numSteps > 0 ? state : cloneState(initialState),
    };
  });
}

function cloneState<State extends object>(state: State): State {
  return Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tf.clone(tensor)])) as State;
}
