import type { TopCandidates } from "../top-candidates.ts";

/** One token more for one row. */
export interface BeamCandidate {
  /** `row * V + token`. */
  readonly index: number;
  /** What candidates are ranked by. */
  readonly key: number;
  /** What the sequence adds up to with the token. */
  readonly sum: number;
}

/** The tokens that may follow one live sequence: token t brings its sum to `sum + (scores[t] - max - logSum)`. */
export interface ScoredRow {
  /** [V]; valid until the next row is scored. */
  readonly scores: Float32Array;
  /** `max` and `logSum` make logits log-probabilities; both are 0 where processors have made something of these. */
  readonly max: number;
  readonly logSum: number;
  /** Of the sequence so far. */
  readonly sum: number;
  /** `row * V`. */
  readonly firstIndex: number;
}

/** Puts candidates of one row up for selection. */
export type CandidateOffer = (top: TopCandidates<BeamCandidate>, row: ScoredRow) => void;

export function candidateOf(row: ScoredRow, token: number): BeamCandidate {
  const sum = row.sum + (row.scores[token]! - row.max - row.logSum);
  return { index: row.firstIndex + token, key: sum, sum };
}

/** Offers the tokens of the largest sums. */
export const offerBest: CandidateOffer = (top, row) => {
  const { scores } = row;
  let bar = scoreBar(top.bar(), row);
  for (let token = 0; token < scores.length; token++) {
    if (scores[token]! > bar) {
      top.offer(candidateOf(row, token));
      bar = scoreBar(top.bar(), row);
    }
  }
};

/** What a score has to exceed for its sum to exceed the bar: less than that by more than rounding can be wrong. */
function scoreBar(bar: number, { max, logSum, sum }: ScoredRow): number {
  const score = bar - sum + logSum + max;
  return score - 1e-12 * (Math.abs(bar) + Math.abs(sum) + Math.abs(logSum) + Math.abs(max));
}
