import { normal, xoshiro128 } from "@rnnkit/random";
import type { Step } from "./measure.ts";

/**
 * A beam search over a model that costs next to nothing: after token t, the logits of row t % numRows of a table. What is
 * timed is the search alone; the time within the model is taken off.
 */
export interface BeamSearchJob {
  readonly vocabSize: number;
  readonly numRows: number;
  /** [numRows, vocabSize], row by row. */
  readonly table: Float32Array;
  readonly beamWidth: number;
  /** In tokens. */
  readonly maxLength: number;
  readonly prompt: readonly number[];
  readonly endToken: number;
}

/** What a search took without its model, and the best that it found. */
export interface BeamSearchStep extends Step {
  readonly tokens: readonly number[];
  readonly score: number;
}

/** Normal logits of standard deviation 3: over 10 000 tokens a perplexity near 100, as of a model of words. */
export function beamSearchJob(sizes: Pick<BeamSearchJob, "vocabSize" | "beamWidth" | "maxLength">): BeamSearchJob {
  const generator = xoshiro128(1);
  const numRows = Math.min(64, sizes.vocabSize);
  const table = Float32Array.from({ length: numRows * sizes.vocabSize }, () => 3 * normal(generator));
  return { ...sizes, numRows, table, prompt: [1], endToken: 0 };
}
