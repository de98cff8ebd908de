import type { LoadedRow } from "../row-kernels/loaded-row.ts";

/** The tokens that may follow one live sequence: token t brings its sum to `sum + (scores[t] - max - logSum)`. */
export interface ScoredRow {
  /** [V]; valid until the next row is scored. */
  readonly scores: Float32Array;
  /** The scores, where they are loaded. */
  readonly loaded?: LoadedRow | undefined;
  /** `max` and `logSum` make logits log-probabilities; both are 0 where processors have made something of these. */
  readonly max: number;
  readonly logSum: number;
  /** Of the sequence so far. */
  readonly sum: number;
  /** `row * V`. */
  readonly firstIndex: number;
}

/** One token more for one row. */
export interface BeamCandidate {
  /** `row * V + token`. */
  readonly index: number;
  /** What candidates are ranked by. */
  readonly key: number;
  /** What the sequence adds up to with the token. */
  readonly sum: number;
}

export function candidateOf(row: ScoredRow, token: number): BeamCandidate {
  const sum = row.sum + (row.scores[token]! - row.max - row.logSum);
  return { index: row.firstIndex + token, key: sum, sum };
}
