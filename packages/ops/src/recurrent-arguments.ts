import type * as tf from "@tensorflow/tfjs";
import { checkLengths } from "./check-lengths.ts";
import { checkState, checkWeights } from "./check-recurrent.ts";
import { checkShape } from "./check-shape.ts";
import type { SequenceArguments } from "./composed-recurrent.ts";
import type { RecurrentKind, RecurrentState, RecurrentWeights } from "./recurrent-kind.ts";
import { stateToList } from "./state-list.ts";

export interface RecurrentArguments<Kind extends RecurrentKind> {
  /**
   * [B, T, I] of float32; or ids [B, T] of int32 from 0 to I − 1, each of which stands for a one-hot row of width I (an id is not
   * read back to be checked). T may be 0. Ids have no gradient.
   */
  readonly inputs: tf.Tensor3D | tf.Tensor2D;
  /** Each [B, H]. Default zeros. */
  readonly initialState?: RecurrentState<Kind> | undefined;
  readonly weights: RecurrentWeights;
  /** [B], on the host: how many steps each row has, 0 to T; one of 0 keeps its initial state. Default T for all. */
  readonly lengths?: ArrayLike<number> | undefined;
  /** Whether the steps run from each row's last one to its first. Default false. */
  readonly isReverse?: boolean | undefined;
}

export interface RecurrentResult<Kind extends RecurrentKind> {
  /** [B, T, H]: the hidden state after each step, at that step's place; zeros beyond a row's length. */
  readonly outputs: tf.Tensor3D;
  /** The state after each row's own last step: that at index 0 where the steps run in reverse. */
  readonly finalState: RecurrentState<Kind>;
}

/** Throws what `recurrent` promises, in the name of `caller`. */
export function checkRecurrent<Kind extends RecurrentKind>(
  caller: string,
  kind: Kind,
  { inputs, initialState, weights, lengths, isReverse = false }: RecurrentArguments<Kind>,
): SequenceArguments {
  const initial = initialState && stateToList(kind, initialState);
  checkWeights(caller, kind, weights);
  const isIds = inputs.rank === 2;
  const sizes = { B: undefined, T: undefined, ...(!isIds && { I: weights.inputWeight.shape[1] }) };
  checkShape(`${caller}: inputs`, inputs, sizes);
  const dtype = isIds ? "int32" : "float32";
  if (inputs.dtype !== dtype) {
    const form = isIds ? "[B, T] ids" : "[B, T, I]";
    throw new TypeError(`${caller}: inputs must be ${dtype} as ${form}, got ${inputs.dtype}`);
  }
  if (initial) checkState(`${caller}: initialState`, initial, inputs.shape[0], weights);
  return { inputs, initial, weights, lengths: checkLengths(caller, lengths, inputs.shape), isReverse };
}
