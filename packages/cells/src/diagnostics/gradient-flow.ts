import * as tf from "@tensorflow/tfjs";
import type { Cell, CellState, SequenceInputs, Unrolled } from "../cell.ts";
import { flattenState } from "../flatten-state.ts";
import { stack, type Stack } from "../layers/stack.ts";
import { unroll, type UnrollOptions } from "../layers/unroll.ts";

export interface GradientFlowOptions<State extends CellState> extends Omit<
  UnrollOptions<readonly State[]>,
  "isReverse"
> {
  /** What is differentiated, of the outputs and the state after the last step. Called inside a gradient. */
  readonly loss: (unrolled: Unrolled<readonly State[]>) => tf.Scalar;
}

/**
 * How much of the loss's gradient arrives at each time step: the norm of dLoss/dh_t for each t, of each tensor of each layer's
 * state. Where it shrinks from step to step towards the beginning, gradients vanish; where it grows, they explode.
 *
 * @param layers borrowed; of one direction.
 * @param inputs [B, T, I], or ids [B, T]; borrowed.
 * @returns for each layer its state, in which each tensor is the Euclidean norms [T] over the whole batch, of the step's total
 *   derivative: through the outputs, the layers above and all later steps. Owned by the caller.
 * @throws as `unroll`.
 * @see Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
 */
export function gradientFlow<State extends CellState>(
  layers: Stack<State>,
  inputs: SequenceInputs,
  { loss, ...options }: GradientFlowOptions<State>,
): State[] {
  const [batchSize, numSteps] = inputs.shape;
  return tf.tidy(() => {
    const { tensors: zeros, rebuild } = flattenState(layers.zeroState(batchSize) as readonly State[]);
    const count = zeros.length;
    // A shift of 0 of each tensor at each step: the gradient by the shift is that by the tensor.
    const shifts = Array.from({ length: numSteps * count }, (_, i) => tf.clone(zeros[i % count]!));
    const gradients = tf.grads((...given: tf.Tensor[]) => {
      const perLayer = shiftsOfLayers(layers, given, numSteps);
      const shifted = layers.cells.map((cell, layer) => shiftedCell(cell, perLayer[layer]!));
      const value = loss(unroll(stack(shifted, layers.between), inputs, options));
      // TensorFlow.js refuses to differentiate by a tensor that has no effect, such as the last cell state where none reads it.
      return tf.add(value, tf.mul(tf.addN(given.map((shift) => tf.sum(shift))), 0));
    })(shifts);
    const norms = Array.from({ length: count }, (_, part) =>
      tf.stack(Array.from({ length: numSteps }, (_unused, t) => tf.norm(gradients[t * count + part]!))),
    );
    return rebuild(norms) as never;
  });
}

/** [layer][step]: the shifts of the layer's tensors. */
function shiftsOfLayers<State extends CellState>(
  layers: Stack<State>,
  given: readonly tf.Tensor[],
  numSteps: number,
): tf.Tensor[][][] {
  const sizes = layers.cells.map((cell) => flattenState(cell.zeroState(1)).tensors.length);
  const count = sizes.reduce((sum, size) => sum + size, 0);
  let offset = 0;
  return sizes.map((size) => {
    const from = offset;
    offset += size;
    return Array.from({ length: numSteps }, (_, t) => given.slice(t * count + from, t * count + from + size));
  });
}

/** The cell, made step by step, with its state after step t shifted by `shifts[t]`; an output that is of the state, too. */
function shiftedCell<State extends CellState>(cell: Cell<State>, shifts: readonly tf.Tensor[][]): Cell<State> {
  let t = 0;
  return {
    inputSize: cell.inputSize,
    outputSize: cell.outputSize,
    get parameters() {
      return cell.parameters;
    },
    ...(cell.drawNoise && { drawNoise: cell.drawNoise }),
    zeroState: (batchSize) => cell.zeroState(batchSize),
    step(inputs, state, noise) {
      const { output, state: next } = cell.step(inputs, state, noise);
      const { tensors, rebuild } = flattenState(next);
      const moved = tensors.map((tensor, i) => tf.add(tensor, shifts[t]![i]!));
      t++;
      const of = tensors.indexOf(output);
      return { output: of < 0 ? output : (moved[of] as tf.Tensor2D), state: rebuild(moved) };
    },
    dispose: () => cell.dispose(),
  };
}
