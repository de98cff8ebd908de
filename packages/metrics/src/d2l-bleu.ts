import { referenceNgrams } from "./reference-ngrams.ts";

/** How long the n-grams are, and which edition of the book is meant. */
export interface D2lBleuOptions {
  /** k, the longest n-grams. */
  readonly maxOrder: number;
  /**
   * What happens to orders above the length of the prediction: `"1.0"` (default) leaves them out, `"0.17"` has no score
   * there.
   */
  readonly version?: "0.17" | "1.0";
}

/**
 * The BLEU of "Dive into Deep Learning", of one sentence against one label:
 * exp(min(0, 1 - |label| / |prediction|)) times the product of p_n^(1/2^n) for n up to k. From 0 to 1; the weights do not
 * add up to 1, so that it is no other tool's BLEU.
 *
 * @param prediction tokens between single spaces, as `str.split(' ')`: an empty string is one empty token.
 * @param label as the prediction.
 * @throws TypeError for anything but strings, RangeError for a `maxOrder` that is no positive integer, or, in version 0.17,
 *   above the length of the prediction.
 * @see Zhang et al., "Dive into Deep Learning", section 10.7; d2l 0.17.6 and 1.0.3.
 */
export function d2lBleu(prediction: string, label: string, { maxOrder, version = "1.0" }: D2lBleuOptions): number {
  for (const [name, text] of Object.entries({ prediction, label })) {
    if (typeof text !== "string") throw new TypeError(`d2lBleu: ${name} must be a string, got ${typeof text}`);
  }
  if (!Number.isSafeInteger(maxOrder) || maxOrder < 1) {
    throw new RangeError(`d2lBleu: maxOrder must be a positive integer, got ${maxOrder}`);
  }
  if (version !== "0.17" && version !== "1.0") {
    throw new RangeError(`d2lBleu: version must be "0.17" or "1.0", got ${String(version)}`);
  }
  const tokens = prediction.split(" ");
  const labelTokens = label.split(" ");
  if (version === "0.17" && maxOrder > tokens.length) {
    throw new RangeError(
      `d2lBleu: maxOrder must be at most the ${tokens.length} tokens of the prediction in version 0.17, got ${maxOrder}`,
    );
  }
  const order = Math.min(maxOrder, tokens.length);
  const matches = new Float64Array(order);
  const ngrams = referenceNgrams(order);
  ngrams.set([labelTokens]);
  ngrams.addMatches(tokens, matches);
  let score = Math.exp(Math.min(0, 1 - labelTokens.length / tokens.length));
  matches.forEach((count, n) => (score *= (count / (tokens.length - n)) ** (0.5 ** (n + 1))));
  return score;
}
