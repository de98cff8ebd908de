/**
 * What the log-probability of a sequence of `length` tokens, the end token included, is divided by to rank it: positive
 * and finite, and either never falling or never rising as sequences grow.
 */
export type LengthPenalty = (length: number) => number;

/**
 * `length^exponent`: 0 ranks by the plain log-probability, 1 by the mean of a token; the larger, the longer the winners.
 * It is the normalisation `1 / L^alpha` of d2l and of CS-230, and with `length_penalty` as the exponent that of Hugging
 * Face.
 *
 * @param exponent finite; below 0 favours short sequences.
 * @throws RangeError for any other exponent.
 * @see Zhang et al., "Dive into Deep Learning", section 10.8.
 */
export function powerLengthPenalty(exponent: number): LengthPenalty {
  checkExponent("powerLengthPenalty", exponent);
  return (length) => length ** exponent;
}

/**
 * `((5 + length) / 6)^exponent`, the length penalty of Google's translator, gentler with short sequences.
 *
 * @param exponent finite; 0.6 to 0.7 in the paper.
 * @throws RangeError for any other exponent.
 * @see Wu et al., "Google's Neural Machine Translation System" (2016), equation 14.
 */
export function gnmtLengthPenalty(exponent: number): LengthPenalty {
  checkExponent("gnmtLengthPenalty", exponent);
  return (length) => ((5 + length) / 6) ** exponent;
}

function checkExponent(caller: string, exponent: number): void {
  if (!Number.isFinite(exponent)) throw new RangeError(`${caller}: exponent must be finite, got ${exponent}`);
}
