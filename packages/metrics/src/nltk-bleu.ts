import { closestLength } from "./closest-length.ts";
import { type NltkSmoothing, smoothNltk } from "./nltk-smoothing.ts";
import { referenceNgrams } from "./reference-ngrams.ts";

type Tokens = readonly string[];

/** How NLTK's precisions become a score. */
export interface NltkBleuOptions {
  /** The exponent of each order's precision; default four of 1/4. Borrowed. */
  readonly weights?: readonly number[];
  /** Default `{ method: 0 }`: a score with an order without matches is as good as zero, 1e-78 for instance. */
  readonly smoothing?: NltkSmoothing;
  /** With the default weights and fewer than four tokens in all, equal weights for as many orders; default false. */
  readonly autoReweigh?: boolean;
}

/**
 * NLTK's `sentence_bleu`, from 0 to 1: {@link nltkCorpusBleu} of one segment.
 *
 * @param hypothesis tokens.
 * @param references one or more, each an array of tokens.
 * @throws as `nltkCorpusBleu`.
 */
export function nltkSentenceBleu(
  hypothesis: Tokens,
  references: readonly Tokens[],
  options: NltkBleuOptions = {},
): number {
  return score("nltkSentenceBleu", [hypothesis], [references], options);
}

/**
 * NLTK's `corpus_bleu`, from 0 to 1: brevity penalty times the product of p_n^weight, from matches summed over segments.
 *
 * To the digit, oddities included: an order for which a segment is too short counts one n-gram there, and smoothing methods
 * 5, 6 and 7 look at the last segment alone. For a number to publish take `bleu`.
 *
 * @param hypotheses N arrays of tokens.
 * @param references N arrays of the references of a segment, one or more, each an array of tokens. These are not the
 *   streams of `bleu`.
 * @throws RangeError for unequal numbers, a segment without reference, nonsensical options, or method 6 where no three
 *   tokens match; TypeError for what is no array.
 * @see Bird, Klein and Loper, NLTK 3.10, `nltk.translate.bleu_score`.
 */
export function nltkCorpusBleu(
  hypotheses: readonly Tokens[],
  references: readonly (readonly Tokens[])[],
  options: NltkBleuOptions = {},
): number {
  return score("nltkCorpusBleu", hypotheses, references, options);
}

function score(
  caller: string,
  hypotheses: readonly Tokens[],
  references: readonly (readonly Tokens[])[],
  { weights = [0.25, 0.25, 0.25, 0.25], smoothing = { method: 0 }, autoReweigh = false }: NltkBleuOptions,
): number {
  check(caller, hypotheses, references, weights);
  const maxOrder = weights.length;
  const ngrams = referenceNgrams(Math.max(maxOrder, 5)); // methods 5 and 7 look at five tokens
  const matches = Array.from(weights, () => 0);
  const totals = Array.from(weights, () => 0);
  const counts = new Float64Array(Math.max(maxOrder, 5));
  let hypothesisLength = 0;
  let referenceLength = 0;
  hypotheses.forEach((hypothesis, i) => {
    counts.fill(0);
    ngrams.set(references[i]!);
    ngrams.addMatches(hypothesis, counts);
    for (let n = 0; n < maxOrder; n++) {
      matches[n]! += counts[n]!;
      totals[n]! += Math.max(1, hypothesis.length - n);
    }
    hypothesisLength += hypothesis.length;
    referenceLength += closestLength(
      hypothesis.length,
      references[i]!.map(({ length }) => length),
    );
  });
  if (matches[0] === 0) return 0;

  const lastHypothesisLength = hypotheses.at(-1)!.length;
  const lastFifthPrecision = counts[4]! / Math.max(1, lastHypothesisLength - 4);
  const sums = { matches, totals, hypothesisLength, lastHypothesisLength, lastFifthPrecision };
  const precisions = smoothNltk(caller, sums, smoothing);
  const isShort = autoReweigh && hypothesisLength < 4 && maxOrder === 4 && weights.every((weight) => weight === 0.25);
  let logarithms = 0;
  for (const [n, weight] of (isShort ? equalWeights(hypothesisLength) : weights).entries()) {
    if (precisions[n]! > 0) logarithms += weight * Math.log(precisions[n]!);
  }
  const brevityPenalty = Math.exp(Math.min(0, 1 - referenceLength / hypothesisLength));
  return brevityPenalty * Math.exp(logarithms);
}

function equalWeights(length: number): number[] {
  return Array.from({ length }, () => 1 / length);
}

function check(
  caller: string,
  hypotheses: readonly Tokens[],
  references: readonly (readonly Tokens[])[],
  weights: readonly number[],
): void {
  if (hypotheses.length === 0) throw new RangeError(`${caller}: hypotheses must hold at least one segment, got 0`);
  if (references.length !== hypotheses.length) {
    throw new RangeError(
      `${caller}: references must have as many segments as hypotheses, ${hypotheses.length}, got ${references.length}`,
    );
  }
  hypotheses.forEach((hypothesis, i) => {
    const segment = references[i]!;
    if (!Array.isArray(hypothesis) || !Array.isArray(segment) || !segment.every(Array.isArray)) {
      throw new TypeError(
        `${caller}: hypotheses and references must be arrays of tokens, got something else in segment ${i}`,
      );
    }
    if (segment.length === 0) {
      throw new RangeError(`${caller}: references must hold at least one for segment ${i}, got 0`);
    }
  });
  if (weights.length === 0 || !weights.every((weight) => weight >= 0 && weight < Infinity)) {
    throw new RangeError(`${caller}: weights must be one or more non-negative numbers, got [${weights.join(", ")}]`);
  }
}
