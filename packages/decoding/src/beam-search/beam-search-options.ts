import type { RequiredPhrase } from "../constraints/required-phrase.ts";
import type { BatchOptions, DecodingOptions } from "../decoding-options.ts";
import type { LengthPenalty } from "./length-penalty.ts";

/** How a beam search keeps, ranks and stops. */
export interface BeamOptions {
  /** K, the number of sequences kept at every step: at most as many as there are sequences of `maxLength`, V^maxLength. */
  readonly beamWidth: number;
  /** The largest number of hypotheses to return; default 1. At most K unless `earlyStopping` is "never". */
  readonly numHypotheses?: number;
  /** Default `powerLengthPenalty(0.75)`, the exponent of d2l. */
  readonly lengthPenalty?: LengthPenalty;
  /**
   * beta, at least 0, default 0: to the score comes `beta * sum(log(min(sum of the attention to a source position, 1)))`,
   * which punishes what was left untranslated. Above 0 the stepper has to report its attention.
   */
  readonly coverageWeight?: number;
  /**
   * When to stop, besides when nothing is alive. "never", the default, stops when no live sequence can beat what would be
   * returned, so that stopping changes nothing. "heuristic" stops when K have ended and the best live sequence would lose
   * to the worst of them if it ended now: `early_stopping=False` of Hugging Face. `true` stops when K have ended.
   */
  readonly earlyStopping?: true | "heuristic" | "never";
  /**
   * Whether K counts only sequences that go on. By default, false, a sequence that ends takes a place of the K for good, and
   * the beam narrows; with true its place goes to the next best, as in Hugging Face.
   */
  readonly isRefilled?: boolean;
  /** Phrases that every hypothesis has to contain, in any order; default none. */
  readonly requiredPhrases?: readonly RequiredPhrase[];
}

/** What `beamSearch` needs to know. */
export interface BeamSearchOptions extends DecodingOptions, BeamOptions {}

/** What `beamSearchBatch` needs to know. */
export interface BeamSearchBatchOptions extends BatchOptions, BeamOptions {}
