import { type LoadedRow, loadRow } from "../../row-kernels/loaded-row.ts";
import { rowMaximum } from "./row-maximum.ts";

/** The softmax of one row of scores. */
export interface RowSoftmax {
  /** The row. */
  readonly loaded: LoadedRow;
  readonly max: number;
  /** [V], `exp(score - max)`: the probabilities times `total`. Valid until the next row. */
  readonly weights: Float64Array;
  readonly total: number;
}

/**
 * A function that takes the softmax of a row, in scratch memory of its own. It gives `undefined` for a row that has none
 * (NaN, Infinity, all -Infinity), which a warper leaves for whoever chooses the token to report.
 */
export function rowSoftmax(): (scores: Float32Array) => RowSoftmax | undefined {
  let weights = new Float64Array(0);
  return (scores) => {
    const loaded = loadRow(scores);
    const max = rowMaximum(scores, loaded);
    if (!Number.isFinite(max)) return undefined;
    const total = loaded.writePowers({ max, factor: Math.LOG2E });
    if (weights.length !== scores.length) weights = new Float64Array(scores.length);
    weights.set(loaded.powers);
    return { loaded, max, weights, total };
  };
}

/** The entropy of a row, in nats. */
export function rowEntropy(scores: Float32Array, { max, weights, total }: RowSoftmax): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    if (weights[i]! > 0) sum += weights[i]! * (max - scores[i]!); // 0 times Infinity would be NaN
  }
  return Math.log(total) + sum / total;
}
