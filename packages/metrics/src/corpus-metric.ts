/** A metric of a corpus whose statistics add up over segments: what confidence intervals and significance tests ask for. */
export interface CorpusMetric {
  /** For instance `BLEU`, `chrF2`, `TER`. */
  readonly name: string;
  /**
   * How it was computed, in sacreBLEU's form: `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0`.
   *
   * @param numReferences K; `"var"` where segments have unequal numbers.
   */
  signature(numReferences: number | "var"): string;
  readonly isHigherBetter: boolean;
  /** D, the number of statistics of a segment. */
  readonly width: number;
  /** Writes the statistics of a segment against its references into `out` [D]. */
  statistics(hypothesis: string, references: readonly string[], out: Float64Array): void;
  /** The score of statistics summed over segments, [D]. Borrowed, and overwritten after the call. */
  score(sums: Float64Array): number;
}
