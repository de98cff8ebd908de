import { referenceNgrams } from "./reference-ngrams.ts";
import { tokenize13a } from "./tokenize-13a.ts";
import { splitWhitespace, trimEndWhitespace } from "./whitespace.ts";

/** What BLEU needs to know of a segment; records of segments, files or workers add up. */
export interface BleuStatistics {
  /** For each order, the n-grams of the hypothesis that a reference has too, each counted at most as often as there. */
  readonly matches: readonly number[];
  /** For each order, the n-grams of the hypothesis. */
  readonly totals: readonly number[];
  /** Tokens. */
  readonly hypothesisLength: number;
  /** Tokens of the reference whose length is closest to the hypothesis, the shorter of two equally close ones. */
  readonly referenceLength: number;
}

/** How text becomes the tokens whose n-grams are counted. */
export interface BleuTokenization {
  /** The longest n-grams counted; default 4. */
  readonly maxOrder?: number;
  /** Default `"13a"`, for plain text; `"none"` splits at whitespace, for text that has tokens already. */
  readonly tokenizer?: "13a" | "none" | ((text: string) => readonly string[]);
  /** Compare in lower case; default false. */
  readonly lowercase?: boolean;
}

/**
 * The BLEU statistics of one segment against its references.
 *
 * @param references one or more.
 * @param options lower-casing comes first, then the removal of whitespace at the end, then the tokenizer.
 * @throws RangeError for no reference, a `maxOrder` that is no positive integer, or an unknown tokenizer.
 */
export function bleuStatistics(
  hypothesis: string,
  references: readonly string[],
  options: BleuTokenization = {},
): BleuStatistics {
  const { maxOrder = 4, tokenizer = "13a", lowercase = false } = options;
  if (references.length === 0) throw new RangeError("bleuStatistics: references must hold at least one, got 0");
  if (!Number.isSafeInteger(maxOrder) || maxOrder < 1) {
    throw new RangeError(`bleuStatistics: maxOrder must be a positive integer, got ${maxOrder}`);
  }
  const tokenize = tokenizer === "13a" ? tokenize13a : tokenizer === "none" ? splitWhitespace : tokenizer;
  if (typeof tokenize !== "function") {
    throw new RangeError(`bleuStatistics: tokenizer must be "13a", "none" or a function, got ${String(tokenizer)}`);
  }
  const tokens = (text: string) => tokenize(trimEndWhitespace(lowercase ? text.toLowerCase() : text));

  const hypothesisTokens = tokens(hypothesis);
  const referenceTokens = references.map(tokens);
  const hypothesisLength = hypothesisTokens.length;
  return {
    matches: referenceNgrams(referenceTokens, maxOrder).countMatches(hypothesisTokens),
    totals: Array.from({ length: maxOrder }, (_, n) => Math.max(0, hypothesisLength - n)),
    hypothesisLength,
    referenceLength: closestLength(hypothesisLength, referenceTokens),
  };
}

function closestLength(length: number, references: readonly (readonly string[])[]): number {
  let closest = Infinity;
  for (const { length: candidate } of references) {
    const nearer = Math.abs(candidate - length) - Math.abs(closest - length);
    if (nearer < 0 || (nearer === 0 && candidate < closest)) closest = candidate;
  }
  return closest;
}
