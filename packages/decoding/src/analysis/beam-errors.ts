import { beamRequest } from "../beam-search/beam-request.ts";
import type { BeamSearchBatchOptions } from "../beam-search/beam-search-options.ts";
import { beamSearcher } from "../beam-search/beam-searcher.ts";
import { batchRequests } from "../decoding-options.ts";
import type { Hypothesis } from "../hypothesis.ts";
import type { LogProbability } from "../log-probability.ts";
import { runSearches } from "../run-searches.ts";
import type { Stepper } from "../stepper.ts";
import { someTokenIds } from "../token-ids.ts";

/** One prompt of an error analysis: what the search found, and what it should have found. */
export interface BeamErrorCase {
  readonly hypothesis: Hypothesis;
  /** The reference, scored as the search scores; of score -Infinity where processors make it impossible. */
  readonly reference: Hypothesis;
  /**
   * "none" where the hypothesis is good enough, "search" where the reference has the higher score and yet was not found, and
   * "model" where the model prefers the hypothesis.
   */
  readonly fault: "none" | "search" | "model";
}

/** What {@link analyzeBeamErrors} needs to know. */
export interface BeamErrorOptions extends BeamSearchBatchOptions {
  /** The sequence that should follow each prompt, with its end token where there is one: at least one id; copied. */
  readonly references: readonly ArrayLike<number>[];
  /** Whether a hypothesis is an error; by default, where it is not the reference, token by token. */
  readonly isError?: (hypothesis: Int32Array, reference: Int32Array) => boolean;
}

/**
 * Asks of every prompt of a corpus whether search or model is at fault, by comparing the score of the reference with that of
 * the hypothesis, P(y*) with P(y^): where the better sequence was there to be found, a wider beam may help; where the model
 * holds the worse one for better, it has to be trained, not searched. `beamErrorTable` counts.
 *
 * @param stepper borrowed; row i of `start` reads `prompts[i]`.
 * @returns a case for each prompt. Many at a time need memory: a large corpus had better come in parts.
 * @throws RangeError as `beamSearchBatch` does, and unless there is a reference for each prompt.
 * @see CS 230 of Stanford University, cheat sheet "Recurrent Neural Networks", error analysis.
 */
export async function analyzeBeamErrors<State>(
  stepper: Stepper<State>,
  { references, isError = isDifferent, ...options }: BeamErrorOptions,
): Promise<BeamErrorCase[]> {
  const caller = "analyzeBeamErrors";
  const requests = batchRequests(caller, stepper.vocabSize, options).map((request) => beamRequest(request, options));
  if (references.length !== requests.length) {
    throw new RangeError(`${caller}: references must be ${requests.length}, one a prompt, got ${references.length}`);
  }
  const forced = requests.map((request, i) => {
    const forcedPrefix = someTokenIds(caller, `references[${i}]`, references[i]!, request.vocabSize);
    const end = forcedPrefix.findIndex((id) => request.endTokens.has(id));
    if (end >= 0 && end < forcedPrefix.length - 1) {
      throw new RangeError(
        `${caller}: references[${i}] must hold an end token only as its last id, got ${forcedPrefix[end]} at index ${end}`,
      );
    }
    return {
      ...request,
      forcedPrefix,
      maxLength: forcedPrefix.length,
      minLength: 1,
      allowedTokens: undefined,
      phrases: undefined,
      beamWidth: 1,
      isRefilled: false,
    };
  });
  const found = await runSearches(
    stepper,
    requests.map((request) => beamSearcher(request)),
    options.signal,
  );
  const scored = await runSearches(
    stepper,
    forced.map((request) => {
      const searcher = beamSearcher(request);
      return { ...searcher, result: () => searcher.ended()[0] }; // processors may forbid the reference
    }),
    options.signal,
  );
  return scored.map((possible, i) => {
    const [hypothesis] = found[i]!;
    const tokens = forced[i]!.forcedPrefix;
    const reference = possible ?? impossible(tokens, requests[i]!.endTokens);
    if (!isError(hypothesis.tokens, tokens)) return { hypothesis, reference, fault: "none" };
    return { hypothesis, reference, fault: reference.score > hypothesis.score ? "search" : "model" };
  });
}

function isDifferent(hypothesis: Int32Array, reference: Int32Array): boolean {
  return hypothesis.join() !== reference.join();
}

function impossible(tokens: Int32Array, endTokens: ReadonlySet<number>): Hypothesis {
  return {
    tokens,
    logProbabilities: new Float64Array(tokens.length).fill(-Infinity),
    logProbability: -Infinity as LogProbability,
    score: -Infinity,
    isFinished: endTokens.has(tokens.at(-1)!),
  };
}
