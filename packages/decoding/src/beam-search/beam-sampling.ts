import type { Generator } from "@rnnkit/random";
import { batchRequests, decodingRequest } from "../decoding-options.ts";
import { runSearches } from "../run-searches.ts";
import { checkGenerators } from "../sampling/check-generators.ts";
import type { Stepper } from "../stepper.ts";
import { beamRequest } from "./beam-request.ts";
import type { BeamSearchBatchOptions, BeamSearchOptions } from "./beam-search-options.ts";
import { beamSearcher, type RankedHypotheses } from "./beam-searcher.ts";
import { drawnCandidates } from "./drawn-candidates.ts";

/** What {@link beamSampling} needs to know. */
export interface BeamSamplingOptions extends Omit<BeamSearchOptions, "requiredPhrases"> {
  /** Where the draws come from; advanced. */
  readonly generator: Generator;
}

/** What {@link beamSamplingBatch} needs to know. */
export interface BeamSamplingBatchOptions extends Omit<BeamSearchBatchOptions, "requiredPhrases"> {
  /** One for each prompt, so that what is drawn for a prompt does not depend on the others; all advanced. */
  readonly generators: readonly Generator[];
}

/**
 * Beam search that draws its continuations, without replacement, from the softmax of what the sequences would add up to,
 * where `beamSearch` takes the largest: `num_beams` with `do_sample` of Hugging Face, whose rules `isRefilled: true` gives.
 * A temperature or another warper goes into `processors`, and changes the sums.
 *
 * @param stepper borrowed; all live sequences take a step together.
 * @returns the hypotheses, the best score first: at least one, never two of the same tokens.
 * @throws RangeError as `beamSearch` does.
 */
export async function beamSampling<State>(
  stepper: Stepper<State>,
  options: BeamSamplingOptions,
): Promise<RankedHypotheses> {
  const request = beamRequest(decodingRequest("beamSampling", stepper.vocabSize, options), options);
  const search = beamSearcher(request, { selection: drawnCandidates(request, options.generator) });
  const [hypotheses] = await runSearches(stepper, [search], request.signal);
  return hypotheses!;
}

/**
 * `beamSampling` of many prompts together.
 *
 * @param stepper borrowed; its rows must not influence each other.
 * @returns the hypotheses of each prompt: what `beamSampling` draws with the prompt's generator.
 * @throws RangeError as `beamSampling` does, and unless there are as many generators as prompts, at least one.
 */
export async function beamSamplingBatch<State>(
  stepper: Stepper<State>,
  options: BeamSamplingBatchOptions,
): Promise<RankedHypotheses[]> {
  const { generators } = options;
  const requests = batchRequests("beamSamplingBatch", stepper.vocabSize, options);
  checkGenerators("beamSamplingBatch", generators, requests.length);
  return runSearches(
    stepper,
    requests.map((each, i) => {
      const request = beamRequest(each, options);
      return beamSearcher(request, { selection: drawnCandidates(request, generators[i]!) });
    }),
    options.signal,
  );
}
