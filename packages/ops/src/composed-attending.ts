import * as tf from "@tensorflow/tfjs";
import { affine } from "./affine.ts";
import type { CheckedAttending } from "./attending-arguments.ts";
import type { attention } from "./attention.ts";
import type { recurrent } from "./recurrent.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { stateFromList, stateToList } from "./state-list.ts";

/**
 * Step by step, by operations for one step. It trusts its arguments.
 *
 * @returns the outputs, the weights, then the tensors of the state of each layer.
 */
export function composedAttending(
  kind: RecurrentKind,
  { inputs, queryWeight, layers, initial, between, vector, scale, ...memory }: CheckedAttending,
  ops: { readonly attention: typeof attention; readonly recurrent: typeof recurrent },
): tf.Tensor[] {
  const [batchSize, numSteps] = inputs.shape;
  const atStep = (tensor: tf.Tensor3D, t: number): tf.Tensor3D =>
    numSteps === 1 ? tensor : tf.slice(tensor, [0, t, 0], [batchSize, 1, tensor.shape[2]]);
  const score = vector ? { vector } : { scale };
  return tf.tidy(() => {
    const outputs: tf.Tensor3D[] = [];
    const weights: tf.Tensor3D[] = [];
    let states: readonly (readonly tf.Tensor2D[])[] = initial;
    for (let t = 0; t < numSteps; t++) {
      const hidden = states.at(-1)![0]!;
      const query = queryWeight ? affine(hidden, { weight: queryWeight }) : hidden;
      const queries: tf.Tensor3D = tf.reshape(query, [batchSize, 1, -1]);
      const mask = memory.mask && atStep(memory.mask, t);
      const attended = ops.attention({ ...memory, ...score, mask, queries });
      let below: tf.Tensor3D = tf.concat([attended.context, atStep(inputs, t)], 2);
      states = layers.map((layer, k) => {
        const initialState = stateFromList(kind, states[k]! as tf.Tensor2D[]);
        const read = ops.recurrent(kind, { inputs: below, initialState, weights: layer });
        below = between?.[k] ? tf.mul(read.outputs, atStep(between[k], t)) : read.outputs;
        return stateToList(kind, read.finalState);
      });
      outputs.push(below);
      weights.push(attended.weights);
    }
    return [tf.concat(outputs, 1), tf.concat(weights, 1), ...states.flat()];
  });
}
