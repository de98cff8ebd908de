import type * as tf from "@tensorflow/tfjs";

/** Tensors in plain objects and arrays, nested at will, each with the batch as its first axis. */
export type CellState = tf.Tensor | readonly CellState[] | { readonly [name: string]: CellState };

/** Trainable variables by name. The names are those of PyTorch's state dictionaries. */
export type Parameters = Readonly<Record<string, tf.Variable>>;

/** What a cell makes of a whole sequence. The caller owns all of it. */
export interface Unrolled<State extends CellState> {
  /** [B, T, H]: the output after each step. */
  readonly outputs: tf.Tensor3D;
  /** The state after the last step. */
  readonly state: State;
}

/**
 * A recurrent network as seen at one time step: it owns its parameters, not its states. Methods borrow their arguments;
 * what they return belongs to the caller. A stack of cells is a cell.
 */
export interface Cell<State extends CellState = CellState> {
  /** I, the width of the input. */
  readonly inputSize: number;
  /** H, the width of the output. */
  readonly outputSize: number;
  /** Owned by the cell. */
  readonly parameters: Parameters;
  /** The state before the first step: zeros. */
  zeroState(batchSize: number): State;
  /** One time step. @param inputs [B, I]. @throws ShapeError when the shapes do not fit. */
  step(inputs: tf.Tensor2D, state: State): State;
  /** The output that a state shows, [B, H]: a tensor of the state itself, not a new one. */
  output(state: State): tf.Tensor2D;
  /** All steps at once, where the cell has a faster way than one by one; the numbers are the same. */
  unroll?(inputs: tf.Tensor3D, state: State): Unrolled<State>;
  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void;
}
