import * as tf from "@tensorflow/tfjs";

/** How long the rows of a batch are, and in which direction they are read. */
export interface SequenceShape {
  readonly numSteps: number;
  /** [B], each from 0 to T; `undefined` where every row has T steps. */
  readonly lengths: Int32Array | undefined;
  readonly isReverse: boolean;
}

/** The time steps in the order in which they are made. Those beyond the longest row are left out. */
export function stepOrder({ numSteps, lengths, isReverse }: SequenceShape): number[] {
  const longest = lengths ? lengths.reduce((most, length) => Math.max(most, length), 0) : numSteps;
  const order = Array.from({ length: longest }, (_, t) => t);
  return isReverse ? order.reverse() : order;
}

/** [B, 1]: 1 for each row that has a step t, 0 for each that has ended; `undefined` where all have it. */
export function stepMask(t: number, lengths: Int32Array | undefined): tf.Tensor2D | undefined {
  if (!lengths || lengths.every((length) => t < length)) return undefined;
  const values = Float32Array.from(lengths, (length) => Number(t < length));
  return tf.tensor2d(values, [lengths.length, 1]);
}
