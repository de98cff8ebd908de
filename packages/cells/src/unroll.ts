import { ShapeError, timeStep } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { Cell, CellState, Unrolled } from "./cell.ts";
import { mapState } from "./map-state.ts";

/**
 * Runs a cell over a sequence: through the cell's own `unroll` where it has one, step by step otherwise, with the same
 * numbers.
 *
 * @param inputs [B, T, I]; borrowed, as the state.
 * @param state the state before the first step, for instance `cell.zeroState(B)`.
 * @returns outputs [B, T, H] and the last state, both owned by the caller.
 * @throws ShapeError when the inputs are not [B, T, I].
 */
export function unroll<State extends CellState>(cell: Cell<State>, inputs: tf.Tensor3D, state: State): Unrolled<State> {
  if (inputs.shape.length !== 3 || inputs.shape[2] !== cell.inputSize) {
    throw new ShapeError(
      `unroll: inputs must have shape [B, T, I=${cell.inputSize}], got [${inputs.shape.join(", ")}]`,
    );
  }
  return cell.unroll ? cell.unroll(inputs, state) : unrollSteps(cell, inputs, state);
}

function unrollSteps<State extends CellState>(cell: Cell<State>, inputs: tf.Tensor3D, state: State): Unrolled<State> {
  const [batchSize, numSteps] = inputs.shape;
  return tf.tidy(() => {
    let current = mapState(state, (tensor) => tf.clone(tensor)); // of no steps, the caller must own what it gets
    const outputs: tf.Tensor2D[] = [];
    for (let t = 0; t < numSteps; t++) {
      current = cell.step(timeStep(inputs, t), current);
      outputs.push(cell.output(current));
    }
    const stacked = numSteps > 0 ? tf.stack(outputs, 1) : tf.zeros([batchSize, 0, cell.outputSize]);
    return { outputs: stacked, state: current } as tf.TensorContainerObject;
  }) as unknown as Unrolled<State>;
}
