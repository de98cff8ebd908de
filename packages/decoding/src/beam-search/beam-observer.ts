import type { Beam } from "./beam.ts";
import type { ScoredRow } from "./scored-row.ts";

/** Watches a beam search step by step. */
export interface BeamObserver {
  /** Every live sequence, as its continuations are scored; the row is borrowed. */
  expanded(beam: Beam, row: ScoredRow): void;
  /** The end of a step: the sequences that go on, and those that ended. */
  chosen(kept: { readonly live: readonly Beam[]; readonly ending: readonly Beam[] }): void;
}
