import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { floatBits, type Simd, type SimdArray } from "./simd.ts";

/** What attention reads: B rows of T queries and of S keys of width A, with values of width N. */
export interface AttentionOperands {
  readonly batchSize: number;
  readonly numQueries: number;
  readonly numKeys: number;
  readonly width: number;
  readonly valueWidth: number;
  /** [B, T, A] */
  readonly queries: SimdArray;
  /** [B, S, A] */
  readonly keys: SimdArray;
  /** [B, S, N] */
  readonly values: SimdArray;
  /** [A]: the score is vector · tanh(query + key). Default: scale · query · key. */
  readonly vector?: SimdArray | undefined;
  /** Default 1. */
  readonly scale?: number;
  /** [B, T, S], what the weights are multiplied by before the sum. Default 1. */
  readonly mask?: SimdArray | undefined;
  /** [B], how many keys each row has, 1 to S. Default S. */
  readonly lengths?: ArrayLike<number> | undefined;
}

export interface AttentionForwardArguments extends AttentionOperands {
  /** [B, T, S]: written; 0 beyond a row's keys. */
  readonly weights: SimdArray;
  /** [B, T, N]: written. */
  readonly context: SimdArray;
}

export interface AttentionBackwardArguments extends AttentionOperands {
  /** What the forward pass wrote. */
  readonly weights: SimdArray;
  readonly contextGradient: SimdArray;
  readonly weightsGradient: SimdArray;
  /** Of the same shapes as the operands: written. */
  readonly queriesGradient: SimdArray;
  readonly keysGradient: SimdArray;
  readonly valuesGradient: SimdArray;
  /** [B, A], the part of each row; the sum of these is the vector's gradient. Wanted where there is a vector. */
  readonly vectorGradient?: SimdArray | undefined;
}

/**
 * Scores, their softmax over each row's own keys, and the sum of the values by these weights; rows are spread over the threads.
 *
 * @throws RangeError when an array holds too little, a length is not from 1 to S, or memory is exhausted.
 */
export function attentionForward(simd: Simd, args: AttentionForwardArguments): void {
  checkLength("attention: context", args.context, args.batchSize * args.numQueries * args.valueWidth);
  run(simd, "attentionForward", { ...args, rest: [args.context, NONE, NONE, NONE, NONE, NONE, NONE] });
}

/** Back from the gradients of context and weights to those of the operands. @throws RangeError as the way forward does. */
export function attentionBackward(simd: Simd, args: AttentionBackwardArguments): void {
  const { batchSize, numQueries, numKeys, width, valueWidth, vector } = args;
  checkLength("attention: contextGradient", args.contextGradient, batchSize * numQueries * valueWidth);
  checkLength("attention: weightsGradient", args.weightsGradient, batchSize * numQueries * numKeys);
  checkLength("attention: queriesGradient", args.queriesGradient, batchSize * numQueries * width);
  checkLength("attention: keysGradient", args.keysGradient, batchSize * numKeys * width);
  checkLength("attention: valuesGradient", args.valuesGradient, batchSize * numKeys * valueWidth);
  const { contextGradient, weightsGradient, queriesGradient, keysGradient, valuesGradient } = args;
  const vectorGradient = vector ? (args.vectorGradient ?? NONE) : NONE;
  if (vector) checkLength("attention: vectorGradient", vectorGradient, batchSize * width);
  const written = [queriesGradient, keysGradient, valuesGradient, vectorGradient];
  run(simd, "attentionBackward", { ...args, rest: [NONE, contextGradient, weightsGradient, ...written] });
}

const NONE: SimdArray = { pointer: 0, length: 0 };

function run(
  simd: Simd,
  kernel: "attentionForward" | "attentionBackward",
  args: AttentionOperands & { readonly weights: SimdArray; readonly rest: readonly SimdArray[] },
): void {
  const { batchSize, numQueries, numKeys, width, valueWidth, queries, keys, values, vector, mask, weights } = args;
  const { scale = 1, lengths, rest } = args;
  checkLength("attention: queries", queries, batchSize * numQueries * width);
  checkLength("attention: keys", keys, batchSize * numKeys * width);
  checkLength("attention: values", values, batchSize * numKeys * valueWidth);
  checkLength("attention: vector", vector, width);
  checkLength("attention: mask", mask, batchSize * numQueries * numKeys);
  checkLength("attention: weights", weights, batchSize * numQueries * numKeys);
  const lengthWords = lengths && lengthsOf(simd, lengths, args);
  try {
    simd.run(KERNEL[kernel], Math.min(batchSize || 1, simd.numTasks(attentionOperations(args))), [
      ...[batchSize, numQueries, numKeys, width, valueWidth, floatBits(scale)],
      ...[queries.pointer, keys.pointer, values.pointer, vector?.pointer ?? 0, mask?.pointer ?? 0],
      ...[lengthWords?.pointer ?? 0, weights.pointer, ...rest.map(({ pointer }) => pointer)],
    ]);
  } finally {
    if (lengthWords) simd.free(lengthWords);
  }
}

/** About how many operations the tangent or the exponential of an element costs. */
const COST = 20;

/** About how many operations attention takes forward. */
export function attentionOperations({
  batchSize,
  numQueries,
  numKeys,
  width,
  valueWidth,
  vector,
}: Pick<AttentionOperands, "batchSize" | "numQueries" | "numKeys" | "width" | "valueWidth" | "vector">): number {
  return batchSize * numQueries * numKeys * ((vector ? COST : 2) * width + 2 * valueWidth + COST);
}

/** The lengths as the kernels read them; the caller frees them. */
export function lengthsOf(
  simd: Simd,
  lengths: ArrayLike<number>,
  { batchSize, numKeys }: { readonly batchSize: number; readonly numKeys: number },
): SimdArray {
  const values = Array.from({ length: batchSize }, (_, row) => lengths[row]!);
  for (const [row, length] of values.entries()) {
    if (!(Number.isInteger(length) && length >= 1 && length <= numKeys)) {
      throw new RangeError(`attention: lengths must be integers from 1 to ${numKeys}, got ${length} for row ${row}`);
    }
  }
  const array = simd.allocate(batchSize);
  simd.write(array, values);
  return array;
}
