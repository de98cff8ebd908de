import { checkPositiveInteger } from "./check-positive-integer.ts";
import { Cursor } from "./cursor.ts";
import { type DecodingOptions, decodingRequest } from "./decoding-options.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { LogProbability } from "./log-probability.ts";
import { logSoftmax } from "./log-softmax.ts";
import type { Stepper } from "./stepper.ts";
import { topK } from "./top-k.ts";

/** What {@link beamSearch} needs to know. */
export interface BeamSearchOptions extends DecodingOptions {
  /** K, the number of sequences kept at every step. */
  readonly beamWidth: number;
  /**
   * alpha, finite and at least 0; default 0.75. 0 ranks by the plain log-probability, 1 by the mean of a token; the
   * larger, the longer the winners. Hugging Face calls it `length_penalty`.
   */
  readonly lengthExponent?: number;
  /** The largest number of hypotheses to return; default 1. */
  readonly numHypotheses?: number;
}

/** A sequence, as its last token and the sequence before that. */
interface Beam {
  readonly token: number;
  readonly parent: Beam | undefined;
  /** Which row of the state the parent is. */
  readonly row: number;
  readonly logProbability: number;
}

/**
 * Searches for the continuations of the best score `logProbability / L^alpha`, L being the number of generated tokens
 * with the end token. Every step keeps the K most probable continuations of all live sequences; one that takes an end
 * token then leaves the beam, and those alive at `maxLength` end there. All compete by score. The search stops when no
 * live sequence can beat what it would return, so width 1 equals `greedy`, and a width that keeps everything equals
 * exhaustive search. Ties go to the better-ranked sequence, then the lower id, and to the hypothesis that ended first.
 *
 * @param stepper borrowed; all live sequences take a step together, as the rows of one state.
 * @returns the hypotheses, the best first: at least one, never two of the same tokens, none of probability 0.
 * @throws RangeError for a nonsense option, or when the stepper gives NaN, Infinity or a row without a finite logit.
 * @see Zhang et al., "Dive into Deep Learning", section 10.8.
 */
export async function beamSearch<State>(
  stepper: Stepper<State>,
  { beamWidth, lengthExponent = 0.75, numHypotheses = 1, ...options }: BeamSearchOptions,
): Promise<[Hypothesis, ...Hypothesis[]]> {
  const { prompt, maxLength, endTokens } = decodingRequest("beamSearch", stepper.vocabSize, options);
  checkPositiveInteger("beamSearch", "beamWidth", beamWidth);
  checkPositiveInteger("beamSearch", "numHypotheses", numHypotheses);
  if (!(lengthExponent >= 0 && lengthExponent < Infinity)) {
    throw new RangeError(`beamSearch: lengthExponent must be finite and at least 0, got ${lengthExponent}`);
  }
  const ended: Hypothesis[] = []; // best first
  let live: Beam[] = [{ token: -1, parent: undefined, row: 0, logProbability: 0 }];
  const cursor = new Cursor(stepper);
  try {
    let logits = await cursor.read(prompt);
    for (let length = 1; ; length++) {
      const previous = live;
      live = [];
      for (const beam of bestContinuations(previous, logits, beamWidth)) {
        const isFinished = endTokens.has(beam.token);
        if (isFinished || length === maxLength) {
          const score = beam.logProbability / length ** lengthExponent;
          rank(ended, hypothesis(beam, { length, score, isFinished }), numHypotheses);
        } else live.push(beam);
      }
      const best = live[0];
      if (
        best === undefined ||
        // Going on can only lower a log-probability, and at best spreads it over maxLength tokens.
        (ended.length === numHypotheses && best.logProbability / maxLength ** lengthExponent <= ended.at(-1)!.score)
      ) {
        return ended as [Hypothesis, ...Hypothesis[]];
      }
      cursor.select(Int32Array.from(live, (beam) => beam.row));
      logits = await cursor.step(Int32Array.from(live, (beam) => beam.token));
    }
  } finally {
    cursor.dispose();
  }
}

function bestContinuations(beams: readonly Beam[], logits: Float32Array, count: number): Beam[] {
  const vocabSize = logits.length / beams.length;
  const sums = new Float64Array(logits.length);
  beams.forEach(({ logProbability }, row) => {
    const start = row * vocabSize;
    const end = start + vocabSize;
    logSoftmax(logits.subarray(start, end), sums.subarray(start, end));
    for (let i = start; i < end; i++) sums[i]! += logProbability;
  });
  return topK(sums, count).map((index) => {
    const row = Math.floor(index / vocabSize);
    return { token: index % vocabSize, parent: beams[row], row, logProbability: sums[index]! };
  });
}

function hypothesis(
  { token, parent, logProbability }: Beam,
  { length, score, isFinished }: { length: number; score: number; isFinished: boolean },
): Hypothesis {
  const tokens = new Int32Array(length);
  tokens[length - 1] = token;
  let beam = parent!;
  for (let i = length - 2; i >= 0; i--, beam = beam.parent!) tokens[i] = beam.token;
  return { tokens, logProbability: logProbability as LogProbability, score, isFinished };
}

/** Inserts into a list of at most `count`, best first, behind those of equal score. */
function rank(ranked: Hypothesis[], candidate: Hypothesis, count: number): void {
  const worse = ranked.findIndex(({ score }) => score < candidate.score);
  ranked.splice(worse < 0 ? ranked.length : worse, 0, candidate);
  if (ranked.length > count) ranked.pop();
}
