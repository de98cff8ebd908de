import type * as tf from "@tensorflow/tfjs";
import { checkMemory, type AttentionArguments } from "./attention-arguments.ts";
import { checkState, checkWeights } from "./check-recurrent.ts";
import { checkShape } from "./check-shape.ts";
import type { RecurrentKind, RecurrentState, RecurrentWeights } from "./recurrent-kind.ts";
import { stateToList } from "./state-list.ts";

export interface AttendingArguments<Kind extends RecurrentKind> extends Omit<AttentionArguments, "queries"> {
  /** [B, T, E], T at least 1. */
  readonly inputs: tf.Tensor3D;
  /** [A, H], of the queries. Default: the hidden state is the query, and A is H. */
  readonly queryWeight?: tf.Tensor2D | undefined;
  /** One or more, bottom first, each of H units; the bottom one reads N + E columns, the context in front. */
  readonly layers: readonly RecurrentWeights[];
  /** Of each layer, each [B, H]. */
  readonly initialState: readonly RecurrentState<Kind>[];
  /** [B, T, H] for each layer but the top one, what its outputs are multiplied by on their way up: dropout. Default 1. */
  readonly between?: readonly tf.Tensor3D[] | undefined;
}

export interface AttendingResult<Kind extends RecurrentKind> {
  /** [B, T, H], of the top layer. */
  readonly outputs: tf.Tensor3D;
  /** [B, T, S]: the weights of each step's query, of sum 1; 0 beyond a row's length. */
  readonly weights: tf.Tensor3D;
  /** Of each layer after the last step. */
  readonly finalState: readonly RecurrentState<Kind>[];
}

/** The arguments with their defaults; a state is a list of tensors, the hidden state first. */
export interface CheckedAttending extends Omit<
  AttendingArguments<RecurrentKind>,
  "initialState" | "lengths" | "scale"
> {
  readonly initial: readonly (readonly tf.Tensor2D[])[];
  readonly lengths: Int32Array | undefined;
  readonly scale: number;
}

/** Throws what `attendingRecurrent` promises, in the name of `caller`. */
export function checkAttending<Kind extends RecurrentKind>(
  caller: string,
  kind: Kind,
  args: AttendingArguments<Kind>,
): CheckedAttending {
  const { inputs, layers, initialState, queryWeight, between, keys, values, vector, mask } = args;
  checkShape(`${caller}: inputs`, inputs, { B: undefined, T: undefined, E: undefined });
  const [batchSize, numSteps, inputSize] = inputs.shape;
  if (numSteps === 0) throw new RangeError(`${caller}: inputs must have at least one step, got none`);
  if (layers.length === 0) throw new RangeError(`${caller}: layers must be at least one, got none`);
  if (initialState.length !== layers.length) {
    throw new RangeError(`${caller}: initialState must be ${layers.length}, one a layer, got ${initialState.length}`);
  }
  const hiddenSize = layers[0]!.recurrentWeight.shape[1];
  if (queryWeight) checkShape(`${caller}: queryWeight`, queryWeight, { A: undefined, H: hiddenSize });
  const width = queryWeight ? queryWeight.shape[0] : hiddenSize;
  const { lengths, scale } = checkMemory(caller, args, [batchSize, numSteps, width]);
  const initial = initialState.map((state) => stateToList(kind, state));
  for (const [layer, weights] of layers.entries()) {
    checkWeights(caller, kind, weights);
    const { inputWeight, recurrentWeight } = weights;
    const columns = layer === 0 ? values.shape[2] + inputSize : hiddenSize;
    checkShape(`${caller}: layers[${layer}].recurrentWeight`, recurrentWeight, { G·H: undefined, H: hiddenSize });
    checkShape(`${caller}: layers[${layer}].inputWeight`, inputWeight, { G·H: undefined, I: columns });
    checkState(`${caller}: initialState[${layer}]`, initial[layer]!, batchSize, weights);
  }
  if (between && between.length !== layers.length - 1) {
    throw new RangeError(
      `${caller}: between must be ${layers.length - 1}, one for each layer but the top one, got ${between.length}`,
    );
  }
  for (const tensor of between ?? [])
    checkShape(`${caller}: between`, tensor, { B: batchSize, T: numSteps, H: hiddenSize });
  return { inputs, keys, values, vector, mask, queryWeight, layers, between, initial, lengths, scale };
}
