import type { BeamCandidate, ScoredRow } from "./scored-row.ts";

/** Picks the candidates of one step out of all rows, which are offered in order. */
export interface CandidateSelection {
  /** Whether no continuation of a sequence that adds up to `sum` can change what is picked. */
  isHopeless(sum: number): boolean;
  offer(row: ScoredRow): void;
  /** The best first; empties the selection. */
  take(): BeamCandidate[];
}
