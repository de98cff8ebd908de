import { type DecodingOptions, decodingRequest } from "../decoding-options.ts";
import { normalizer } from "../normalizer.ts";
import type { Stepper, StepResult } from "../stepper.ts";
import { takeStep } from "../take-step.ts";
import { type Beam, beamHypothesis, emptyBeam } from "./beam.ts";
import { beamRequest } from "./beam-request.ts";
import type { BeamOptions } from "./beam-search-options.ts";
import { beamScore } from "./beam-score.ts";
import type { RankedHypotheses } from "./beam-searcher.ts";
import { addAttention } from "./coverage-penalty.ts";
import { endedHypotheses } from "./ended-hypotheses.ts";
import { nothingFound } from "./nothing-found.ts";
import { rowScorer } from "./row-scorer.ts";
import { candidateOf } from "./scored-row.ts";

/** What {@link exhaustiveSearch} needs to know: what a beam search does, but for the beam. */
export interface ExhaustiveSearchOptions
  extends
    DecodingOptions,
    Pick<BeamOptions, "numHypotheses" | "lengthPenalty" | "coverageWeight" | "requiredPhrases"> {}

const MOST_SEQUENCES = 1_000_000;

/**
 * The best of all sequences there are, by looking at each: to check a search, and to see what it misses. It takes a step of
 * the model for every beginning of a sequence, so V^maxLength may be at most a million.
 *
 * @param stepper borrowed.
 * @returns the hypotheses, the best score first, of equal scores the shorter, then the lower ids: at least one.
 * @throws RangeError as `beamSearch` does, and for too many sequences.
 */
export async function exhaustiveSearch<State>(
  stepper: Stepper<State>,
  options: ExhaustiveSearchOptions,
): Promise<RankedHypotheses> {
  const { vocabSize } = stepper;
  const request = beamRequest(decodingRequest("exhaustiveSearch", vocabSize, options), { ...options, beamWidth: 1 });
  const { prompt, maxLength, endTokens, numHypotheses } = request;
  const numSequences = vocabSize ** maxLength;
  if (numSequences > MOST_SEQUENCES) {
    throw new RangeError(
      `exhaustiveSearch: maxLength must leave ${MOST_SEQUENCES} sequences at most, got ${maxLength}, which leaves ${numSequences}`,
    );
  }
  const ended = endedHypotheses(numHypotheses);
  let longest = 0;
  const scoreRow = rowScorer(request);
  const visit = async (
    parent: Beam,
    length: number,
    { logits, attention, state }: StepResult<State>,
  ): Promise<void> => {
    longest = Math.max(longest, length + 1);
    const { max, logSum } = normalizer(logits);
    const row = scoreRow({ beam: parent, length, logits, firstIndex: 0 }, { max, logSum }, []);
    const sums = Float64Array.from({ length: vocabSize }, (_, token) => candidateOf(row, token).sum);
    for (const [token, sum] of sums.entries()) {
      if (sum === -Infinity) continue;
      const beam: Beam = {
        token,
        parent,
        row: 0,
        sum,
        logProbability: logits[token]! - max - logSum,
        coverage: addAttention(request, parent.coverage, attention),
        phrases: parent.phrases?.after(token),
      };
      const isFinished = endTokens.has(token);
      if (!isFinished && length + 1 < maxLength) {
        request.signal?.throwIfAborted();
        const next = await takeStep(stepper, Int32Array.of(token), state);
        try {
          await visit(beam, length + 1, next);
        } finally {
          stepper.dispose(next.state);
        }
      } else if ((beam.phrases?.numMissing ?? 0) === 0) {
        ended.add(
          beamHypothesis(beam, { length: length + 1, score: beamScore(request, beam, length + 1), isFinished }),
        );
      }
    }
  };
  let state = stepper.start(1);
  try {
    let result: StepResult<State> | undefined;
    for (const token of prompt) {
      request.signal?.throwIfAborted();
      result = await takeStep(stepper, Int32Array.of(token), state);
      stepper.dispose(state);
      ({ state } = result);
    }
    await visit(emptyBeam(request.phrases), 0, result!);
  } finally {
    stepper.dispose(state);
  }
  const [best, ...others] = ended.ranked;
  if (!best) throw nothingFound(request, longest);
  return [best, ...others];
}
