import type * as tf from "@tensorflow/tfjs";
import { checkLengths } from "./check-lengths.ts";
import { checkShape } from "./check-shape.ts";

export interface AttentionArguments {
  /** [B, T, A] */
  readonly queries: tf.Tensor3D;
  /** [B, S, A] */
  readonly keys: tf.Tensor3D;
  /** [B, S, N] */
  readonly values: tf.Tensor3D;
  /** [A], of an additive score. Default: the score is a dot product. */
  readonly vector?: tf.Tensor1D | undefined;
  /** What a dot product is multiplied by. Default 1. */
  readonly scale?: number | undefined;
  /** [B], on the host: how many keys each row has, 1 to S. Default S for all. */
  readonly lengths?: ArrayLike<number> | undefined;
  /** [B, T, S], what the weights are multiplied by before the sum: dropout. Default 1. */
  readonly mask?: tf.Tensor3D | undefined;
}

export interface AttentionResult {
  /** [B, T, N]: the weighted sums of the values. */
  readonly context: tf.Tensor3D;
  /** [B, T, S]: each query's weights, of sum 1; 0 beyond a row's length. */
  readonly weights: tf.Tensor3D;
}

/** The arguments with their defaults; `lengths` stays `undefined` where every row has S keys. */
export interface CheckedAttention extends Omit<AttentionArguments, "lengths" | "scale"> {
  readonly scale: number;
  readonly lengths: Int32Array | undefined;
}

/** Throws what `attention` promises, in the name of `caller`. */
export function checkAttention(caller: string, args: AttentionArguments): CheckedAttention {
  const { queries } = args;
  checkShape(`${caller}: queries`, queries, { B: undefined, T: undefined, A: undefined });
  return { ...args, ...checkMemory(caller, args, queries.shape) };
}

/** The same of what queries [B, T, A] attend to; gives the defaults. */
export function checkMemory(
  caller: string,
  args: Omit<AttentionArguments, "queries">,
  [batchSize, numQueries, width]: readonly [number, number, number],
): Pick<CheckedAttention, "scale" | "lengths"> {
  const { keys, values, vector, scale = 1, mask } = args;
  checkShape(`${caller}: keys`, keys, { B: batchSize, S: undefined, A: width });
  const numKeys = keys.shape[1];
  checkShape(`${caller}: values`, values, { B: batchSize, S: numKeys, N: undefined });
  if (vector) checkShape(`${caller}: vector`, vector, { A: width });
  if (mask) checkShape(`${caller}: mask`, mask, { B: batchSize, T: numQueries, S: numKeys });
  if (!Number.isFinite(scale)) throw new RangeError(`${caller}: scale must be a finite number, got ${scale}`);
  if (vector && args.scale !== undefined) {
    throw new RangeError(`${caller}: scale must be left out of an additive score, got ${scale}`);
  }
  if (numKeys === 0) throw new RangeError(`${caller}: keys must be at least one a row, got none`);
  const lengths = checkLengths(caller, args.lengths, [batchSize, numKeys]);
  const empty = lengths ? lengths.indexOf(0) : -1;
  if (empty >= 0) {
    throw new RangeError(`${caller}: lengths must be integers from 1 to ${numKeys}, got 0 for row ${empty}`);
  }
  return { scale, lengths };
}
