import { attentionOperations, type AttentionOperands } from "./attention.ts";
import { checkLength } from "./check-length.ts";
import type { RecurrentParameters } from "./pack-recurrent.ts";
import { GATE_BLOCKS, type RecurrentKernelKind } from "./recurrent-plan.ts";
import { floatBits, type SimdArray } from "./simd.ts";

/** What recurrent layers that attend before each step read: the top layer's hidden state makes one query a step. */
export interface AttendingOperands extends Omit<AttentionOperands, "queries" | "numQueries"> {
  readonly kind: RecurrentKernelKind;
  /** T, the number of queries. */
  readonly numSteps: number;
  /** E */
  readonly inputSize: number;
  /** H */
  readonly hiddenSize: number;
  /** [A, H]. Default: the hidden state is the query, and A is H. */
  readonly queryWeight?: SimdArray | undefined;
  /** Bottom first; the bottom one reads N + E columns, the context in front. */
  readonly layers: readonly RecurrentParameters[];
  /** [B, T, H] for each layer but the top one: what its output is multiplied by on its way up. Default 1. */
  readonly between?: readonly SimdArray[] | undefined;
}

/** The arrays of a pass, by their names in assembly/attention.ts and assembly/attending.ts; those of the other pass are absent. */
export interface AttendingArrays {
  readonly lengths?: SimdArray | undefined;
  readonly weights: SimdArray;
  readonly weightsGradient?: SimdArray;
  readonly keysGradient?: SimdArray;
  readonly valuesGradient?: SimdArray;
  readonly vectorGradient?: SimdArray | undefined;
  readonly inputs?: SimdArray;
  readonly queryWeight?: SimdArray | undefined;
  readonly queries?: SimdArray;
  readonly rows?: SimdArray;
  readonly queryWeightRows?: SimdArray | undefined;
  readonly queriesGradient?: SimdArray;
  readonly bottomGradient?: SimdArray;
  readonly inputsGradient?: SimdArray;
  /** Of each layer its `RecurrentJob`, and what its output is multiplied by, [T][H/8][B][8]. */
  readonly layers: readonly { readonly words: readonly number[]; readonly between: SimdArray | undefined }[];
}

/** The arguments of the kernels: `AttentionJob`, `AttendingJob` and the layers. */
export function attendingWords(operands: AttendingOperands, arrays: AttendingArrays): number[] {
  const {
    batchSize,
    numSteps,
    numKeys,
    width,
    valueWidth,
    scale = 1,
    inputSize,
    keys,
    values,
    vector,
    mask,
  } = operands;
  const at = (array: SimdArray | undefined) => array?.pointer ?? 0;
  return [
    ...[batchSize, numSteps, numKeys, width, valueWidth, floatBits(scale)],
    ...[0, at(keys), at(values), at(vector), at(mask), at(arrays.lengths), at(arrays.weights), 0],
    ...[0, at(arrays.weightsGradient)],
    ...[0, at(arrays.keysGradient), at(arrays.valuesGradient), at(arrays.vectorGradient)],
    ...[arrays.layers.length, inputSize, at(arrays.inputs)],
    ...[at(arrays.queryWeight), at(arrays.queries), at(arrays.rows), at(arrays.queryWeightRows)],
    ...[at(arrays.queriesGradient), at(arrays.bottomGradient), at(arrays.inputsGradient)],
    ...arrays.layers.flatMap(({ words, between }) => [...words, at(between)]),
  ];
}

/** How many floating-point operations the forward pass comes to, by which work is split into tasks. */
export function attendingOperations(operands: AttendingOperands): number {
  const { kind, batchSize, numSteps, width, valueWidth, inputSize, hiddenSize, layers } = operands;
  const numGates = GATE_BLOCKS[kind].recurrent.length;
  const columns = valueWidth + inputSize + (2 * layers.length - 1) * hiddenSize;
  const products = 2 * batchSize * numSteps * hiddenSize * (numGates * columns + (operands.queryWeight ? width : 0));
  return products + attentionOperations({ ...operands, numQueries: numSteps });
}

/** What the words of so many layers leave room for in the kernels' arguments. */
const MAX_LAYERS = 64;

/** @throws RangeError when an array holds too little, or there are no layers or too many. */
export function checkAttending(operands: AttendingOperands): void {
  const { batchSize, numSteps, numKeys, width, valueWidth, hiddenSize, layers } = operands;
  if (layers.length === 0 || layers.length > MAX_LAYERS) {
    throw new RangeError(`attending: layers must be 1 to ${MAX_LAYERS}, got ${layers.length}`);
  }
  checkLength("attending: keys", operands.keys, batchSize * numKeys * width);
  checkLength("attending: values", operands.values, batchSize * numKeys * valueWidth);
  checkLength("attending: vector", operands.vector, width);
  checkLength("attending: mask", operands.mask, batchSize * numSteps * numKeys);
  checkLength("attending: queryWeight", operands.queryWeight, width * hiddenSize);
  for (const mask of operands.between ?? []) checkLength("attending: between", mask, batchSize * numSteps * hiddenSize);
}
