import { batchRequests, decodingRequest } from "../decoding-options.ts";
import { runSearches } from "../run-searches.ts";
import type { Stepper } from "../stepper.ts";
import { beamRequest } from "./beam-request.ts";
import type { BeamSearchBatchOptions, BeamSearchOptions } from "./beam-search-options.ts";
import { beamSearcher, type RankedHypotheses } from "./beam-searcher.ts";

/**
 * Searches for the continuations of the best score `logProbability / lengthPenalty(L) + coverage penalty`, L being the
 * number of generated tokens with the end token. Every step keeps the K most probable continuations of all live sequences;
 * one that takes an end token then leaves the beam, and those alive at `maxLength` end there. All compete by score. By
 * default, width 1 equals `greedy`, and a width that keeps everything equals `exhaustiveSearch`. Ties go to the
 * better-ranked sequence, then the lower id, and to the hypothesis that ended first. Processors change what is added up.
 *
 * @param stepper borrowed; all live sequences take a step together, as the rows of one state.
 * @returns the hypotheses, the best first: at least one, never two of the same tokens.
 * @throws RangeError for a nonsense option, when the stepper gives NaN, Infinity or a row without a finite logit, or when
 * constraints and processors leave no sequence.
 * @see Zhang et al., "Dive into Deep Learning", section 10.8.
 */
export async function beamSearch<State>(
  stepper: Stepper<State>,
  options: BeamSearchOptions,
): Promise<RankedHypotheses> {
  const request = beamRequest(decodingRequest("beamSearch", stepper.vocabSize, options), options);
  const [hypotheses] = await runSearches(stepper, [beamSearcher(request)], options.signal);
  return hypotheses!;
}

/**
 * `beamSearch` of many prompts together: every step of the model serves the live sequences of all that are not done.
 *
 * @param stepper borrowed; its rows must not influence each other.
 * @returns the hypotheses of each prompt, the best first.
 * @throws RangeError as `beamSearch` does, and for no prompt.
 */
export async function beamSearchBatch<State>(
  stepper: Stepper<State>,
  options: BeamSearchBatchOptions,
): Promise<RankedHypotheses[]> {
  const requests = batchRequests("beamSearchBatch", stepper.vocabSize, options);
  return runSearches(
    stepper,
    requests.map((request) => beamSearcher(beamRequest(request, options))),
    options.signal,
  );
}
