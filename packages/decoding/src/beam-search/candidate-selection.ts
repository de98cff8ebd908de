import type { BeamCandidate, ScoredRow } from "./scored-row.ts";

/** Picks the candidates of one step out of all rows, which are offered in order. */
export interface CandidateSelection {
  /** What a continuation has to add up to more than to be picked, if no log-probability is above 0; else -Infinity. */
  bar(): number;
  offer(row: ScoredRow): void;
  /** The best first; empties the selection. */
  take(): BeamCandidate[];
}
