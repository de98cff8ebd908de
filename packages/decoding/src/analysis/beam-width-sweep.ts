import { beamSearchBatch } from "../beam-search/beam-search.ts";
import type { BeamSearchBatchOptions } from "../beam-search/beam-search-options.ts";
import type { Hypothesis } from "../hypothesis.ts";
import type { Stepper } from "../stepper.ts";

/** What {@link sweepBeamWidths} needs to know. */
export interface BeamWidthSweepOptions extends Omit<BeamSearchBatchOptions, "beamWidth" | "numHypotheses"> {
  /** At least one. */
  readonly beamWidths: readonly number[];
  /** How good the best hypotheses are, one for each prompt: for instance their BLEU against the references. */
  readonly quality: (hypotheses: readonly Hypothesis[]) => number;
}

/** What one width gives, over all prompts. */
export interface BeamWidthResult {
  readonly beamWidth: number;
  /** The mean score of the best hypotheses, which the search maximises. */
  readonly meanScore: number;
  /** The mean log-probability of the best hypotheses, in nats. */
  readonly meanLogProbability: number;
  /** The mean number of their tokens. */
  readonly meanLength: number;
  readonly quality: number;
}

/**
 * The same prompts by beams of several widths: whether a better score is worth its time, and whether it is a better text,
 * which it need not be.
 *
 * @param stepper borrowed; row i of `start` reads `prompts[i]`.
 * @returns a row for each width, in the order given.
 * @throws RangeError as `beamSearchBatch` does, and for no width.
 */
export async function sweepBeamWidths<State>(
  stepper: Stepper<State>,
  { beamWidths, quality, ...options }: BeamWidthSweepOptions,
): Promise<BeamWidthResult[]> {
  if (beamWidths.length === 0) throw new RangeError("sweepBeamWidths: beamWidths must hold at least one, got none");
  const results: BeamWidthResult[] = [];
  for (const beamWidth of beamWidths) {
    const best = (await beamSearchBatch(stepper, { ...options, beamWidth })).map(([first]) => first);
    const mean = (valueOf: (hypothesis: Hypothesis) => number) =>
      best.reduce((sum, hypothesis) => sum + valueOf(hypothesis), 0) / best.length;
    results.push({
      beamWidth,
      meanScore: mean(({ score }) => score),
      meanLogProbability: mean(({ logProbability }) => logProbability),
      meanLength: mean(({ tokens }) => tokens.length),
      quality: quality(best),
    });
  }
  return results;
}
