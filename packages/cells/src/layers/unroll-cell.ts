import { unrollSteps } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import type { Cell, CellState, Reading, SequenceInputs, Unrolled } from "../cell.ts";
import { denseInputs } from "../dense-inputs.ts";
import { flattenState } from "../flatten-state.ts";
import { noiseAt } from "../noise-at.ts";

/** Runs a cell over a sequence step by step, whether it has a faster way or not. */
export function unrollCell<State extends CellState>(
  cell: Cell<State>,
  inputs: SequenceInputs,
  { initialState, lengths, isReverse, noise }: Reading<State>,
): Unrolled<State> {
  return tf.tidy(() => {
    const { tensors, rebuild } = flattenState(initialState ?? cell.zeroState(inputs.shape[0]));
    const { outputs, finalState } = unrollSteps(
      (input, before, t) => {
        const { output, state } = cell.step(input, rebuild(before), noise && noiseAt(noise, t));
        return { output, state: flattenState(state).tensors };
      },
      {
        inputs: denseInputs(inputs, cell.inputSize),
        initialState: tensors,
        outputSize: cell.outputSize,
        lengths,
        isReverse,
      },
    );
    return { outputs, state: rebuild(finalState) as tf.TensorContainerObject };
  }) as unknown as Unrolled<State>;
}
