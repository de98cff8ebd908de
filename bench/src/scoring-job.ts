import type { Step } from "./measure.ts";
import type { Translations } from "./translations.ts";

export type ScoringTask = "bleu" | "chrf" | "ter" | "bootstrap";

/** Outputs of systems to be scored against one reference; of the bootstrap, also tested against the first of them. */
export interface ScoringJob extends Translations {
  readonly task: ScoringTask;
  /** Of the bootstrap. */
  readonly numSamples: number;
  readonly seed: number;
}

/** What an iteration took, and what it found. */
export interface ScoringStep extends Step {
  /** For each system. */
  readonly scores: readonly number[];
  /** For each system but the first; of the bootstrap. */
  readonly pValues: readonly number[];
}
