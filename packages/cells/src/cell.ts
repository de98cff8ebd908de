import type { Generator } from "@rnnkit/random";
import type * as tf from "@tensorflow/tfjs";

/** Tensors in plain objects and arrays, nested at will, each with the batch as its first axis. */
export type CellState = tf.Tensor | readonly CellState[] | { readonly [name: string]: CellState };

/**
 * The random masks of one pass over a sequence, [B, T, N], or [B, 1, N] where all steps share one; those of a single step,
 * [B, N]. Which there are, and under which names, is the cell's own.
 */
export type Noise = CellState;

/** Draws the noise of a sequence of so many rows and steps; the caller owns it. */
export type DrawNoise = (
  generator: Generator,
  sizes: { readonly batchSize: number; readonly numSteps: number },
) => Noise;

/** Trainable variables by name. The names are those of PyTorch's state dictionaries where it has the parameter. */
export type Parameters = Readonly<Record<string, tf.Variable>>;

/** What a cell makes of one time step. The caller owns all of it. */
export interface CellStep<State extends CellState> {
  /** [B, H]: it may be a tensor of the state itself, so dispose the two together. */
  readonly output: tf.Tensor2D;
  readonly state: State;
}

/** What a net makes of a whole sequence. The caller owns all of it. */
export interface Unrolled<State extends CellState> {
  /** [B, T, H]: the output after each step, at that step's place; zeros beyond a row's length. */
  readonly outputs: tf.Tensor3D;
  /** The state after each row's own last step. */
  readonly state: State;
}

/** [B, T, I], or ids [B, T] of int32 that stand for one-hot rows of width I. */
export type SequenceInputs = tf.Tensor3D | tf.Tensor2D;

/** How a net is to read a sequence. */
export interface Reading<State extends CellState> {
  /** `undefined` for that of `zeroState`, which then need not be made. */
  readonly initialState: State | undefined;
  /** [B], 0 to T; `undefined` where every row has T steps. */
  readonly lengths: ArrayLike<number> | undefined;
  /** Whether the steps run from each row's last one to its first. */
  readonly isReverse: boolean;
  /** What `drawNoise` drew while the net is trained; `undefined` in evaluation. */
  readonly noise: Noise | undefined;
}

/**
 * A recurrent network that owns its parameters, not its states. Methods borrow their arguments; what they return belongs to
 * the caller.
 */
interface Network<State extends CellState> {
  /** I, the width of the input. */
  readonly inputSize: number;
  /** H, the width of the output. */
  readonly outputSize: number;
  /** Owned by the network. */
  readonly parameters: Parameters;
  /** The state before the first step: zeros. */
  zeroState(batchSize: number): State;
  /** Draws what dropout and zoneout need for a sequence. Absent from a network without any. */
  readonly drawNoise?: DrawNoise;
  /** Frees the parameters. A second call does nothing; any other use after it throws. */
  dispose(): void;
}

/** A network as seen at one time step. A stack of cells is a cell. */
export interface Cell<State extends CellState = CellState> extends Network<State> {
  /**
   * One time step.
   *
   * @param inputs [B, I].
   * @param noise that of one step, of the form that `drawNoise` gives; without it, the step is one of evaluation.
   * @throws ShapeError when the shapes do not fit.
   */
  step(inputs: tf.Tensor2D, state: State, noise?: Noise): CellStep<State>;
  /** All steps at once, where the cell has a faster way than one by one; the numbers are the same. */
  unroll?(inputs: SequenceInputs, reading: Reading<State>): Unrolled<State>;
}

/** A network that must see the whole sequence, such as one that reads it in both directions. */
export interface SequenceNetwork<State extends CellState = CellState> extends Network<State> {
  unroll(inputs: SequenceInputs, reading: Reading<State>): Unrolled<State>;
}
