import { checkPositiveInteger } from "../check-positive-integer.ts";
import { batchRequests, decodingRequest, type DecodingRequest } from "../decoding-options.ts";
import { hammingDiversity } from "../processors/penalties/hamming-diversity.ts";
import { runSearches } from "../run-searches.ts";
import type { Search } from "../search.ts";
import type { Stepper } from "../stepper.ts";
import { beamRequest } from "./beam-request.ts";
import type { BeamOptions, BeamSearchBatchOptions, BeamSearchOptions } from "./beam-search-options.ts";
import { beamSearcher, type RankedHypotheses } from "./beam-searcher.ts";

/** How {@link diverseBeamSearch} keeps its groups apart. */
export interface DiversityOptions {
  /** G, by which `beamWidth` is divisible. Hugging Face calls it `num_beam_groups`. */
  readonly numGroups: number;
  /** Taken from the score of a token for each sequence of an earlier group that took it at this step; 0 or more. */
  readonly diversityPenalty: number;
}

/** What {@link diverseBeamSearch} needs to know. */
export interface DiverseBeamSearchOptions extends BeamSearchOptions, DiversityOptions {}

/** What {@link diverseBeamSearchBatch} needs to know. */
export interface DiverseBeamSearchBatchOptions extends BeamSearchBatchOptions, DiversityOptions {}

/**
 * G beam searches of width K / G side by side, each of which is made to say something else than those before it: Hamming
 * diversity, applied before all other processors. The penalties stay in the scores.
 *
 * @param stepper borrowed; the live sequences of all groups take a step together.
 * @returns the best `numHypotheses` of all groups, the best score first, never two of the same tokens.
 * @throws RangeError as `beamSearch` does, and for nonsense about the groups.
 * @see Vijayakumar et al., "Diverse Beam Search" (2018).
 */
export async function diverseBeamSearch<State>(
  stepper: Stepper<State>,
  options: DiverseBeamSearchOptions,
): Promise<RankedHypotheses> {
  const request = decodingRequest("diverseBeamSearch", stepper.vocabSize, options);
  const [hypotheses] = await runSearches(stepper, [groupSearch(request, options)], options.signal);
  return hypotheses!;
}

/**
 * `diverseBeamSearch` of many prompts together.
 *
 * @param stepper borrowed; its rows must not influence each other.
 * @returns the hypotheses of each prompt, the best first.
 * @throws RangeError as `diverseBeamSearch` does, and for no prompt.
 */
export async function diverseBeamSearchBatch<State>(
  stepper: Stepper<State>,
  options: DiverseBeamSearchBatchOptions,
): Promise<RankedHypotheses[]> {
  const requests = batchRequests("diverseBeamSearchBatch", stepper.vocabSize, options);
  return runSearches(
    stepper,
    requests.map((request) => groupSearch(request, options)),
    options.signal,
  );
}

function groupSearch(request: DecodingRequest, options: BeamOptions & DiversityOptions): Search<RankedHypotheses> {
  const { caller, vocabSize, prompt } = request;
  const { beamWidth, numGroups, numHypotheses = 1, diversityPenalty } = options;
  checkPositiveInteger(caller, "numGroups", numGroups);
  if (beamWidth % numGroups !== 0) {
    throw new RangeError(`${caller}: numGroups must divide beamWidth, ${beamWidth}, got ${numGroups}`);
  }
  if (!(diversityPenalty >= 0 && diversityPenalty < Infinity)) {
    throw new RangeError(`${caller}: diversityPenalty must be finite and at least 0, got ${diversityPenalty}`);
  }
  const processors = [hammingDiversity(diversityPenalty), ...request.processors];
  const groupRequest = beamRequest({ ...request, processors }, { ...options, beamWidth: beamWidth / numGroups });
  const groups = Array.from({ length: numGroups }, () => ({ searcher: beamSearcher(groupRequest), numRows: 1 }));
  let hasStarted = false; // before, all groups share one row
  return {
    prompt,
    advance({ logits, attention }) {
      const rows: number[] = [];
      const tokens: number[] = [];
      const numPositions = attention ? (attention.length / logits.length) * vocabSize : 0;
      let start = 0;
      for (const group of groups) {
        if (group.numRows === 0) continue;
        const end = start + group.numRows;
        const outputs = {
          logits: logits.subarray(start * vocabSize, end * vocabSize),
          attention: attention?.subarray(start * numPositions, end * numPositions),
        };
        const next = group.searcher.advance(outputs, tokens.slice());
        group.numRows = next ? next.rows.length : 0;
        if (next) {
          for (let i = 0; i < next.rows.length; i++) rows.push(start + next.rows[i]!);
          for (let i = 0; i < next.tokens.length; i++) tokens.push(next.tokens[i]!);
        }
        if (hasStarted) start = end;
      }
      hasStarted = true;
      return tokens.length === 0 ? undefined : { rows, tokens };
    },
    result() {
      const found = groups.flatMap(({ searcher }) => searcher.result()).sort((a, b) => b.score - a.score);
      const seen = new Set<string>();
      const distinct = found.filter(({ tokens }) => {
        const key = tokens.join();
        return !seen.has(key) && seen.add(key);
      });
      return distinct.slice(0, numHypotheses) as RankedHypotheses;
    },
  };
}
