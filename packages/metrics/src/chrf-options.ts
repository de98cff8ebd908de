/** How statistics become a score. */
export interface ChrfScoring {
  /** The weight of recall against that of precision; default 2. */
  readonly beta?: number;
  /**
   * Average precision and recall over the orders of which both sides have n-grams, then take one F-score; default true.
   * False: the mean of the F-scores of all orders, 1e-16 in place of what is undefined, as chrF++.py, NLTK and Moses.
   */
  readonly effectiveOrder?: boolean;
}

/** What is counted, and how the counts become a score; the defaults are those of sacreBLEU. */
export interface ChrfOptions extends ChrfScoring {
  /** The longest character n-grams; default 6. */
  readonly charOrder?: number;
  /** The longest word n-grams; default 0, none; 2 is chrF++. */
  readonly wordOrder?: number;
  /** Compare in lower case; default false. */
  readonly lowercase?: boolean;
  /** Whitespace counts as characters; default false. */
  readonly whitespace?: boolean;
}

/** The options with their defaults. */
export function resolveChrfOptions(caller: string, options: ChrfOptions): Required<ChrfOptions> {
  const { charOrder = 6, wordOrder = 0, lowercase = false, whitespace = false } = options;
  checkOrder(caller, "charOrder", charOrder);
  checkOrder(caller, "wordOrder", wordOrder);
  if (charOrder + wordOrder === 0) {
    throw new RangeError(`${caller}: charOrder or wordOrder must be positive, got 0 and 0`);
  }
  return { charOrder, wordOrder, lowercase, whitespace, ...resolveChrfScoring(caller, options) };
}

/** The options of the score with their defaults. */
export function resolveChrfScoring(caller: string, options: ChrfScoring): Required<ChrfScoring> {
  const { beta = 2, effectiveOrder = true } = options;
  if (!(beta >= 0 && beta < Infinity)) {
    throw new RangeError(`${caller}: beta must be non-negative and finite, got ${beta}`);
  }
  return { beta, effectiveOrder };
}

function checkOrder(caller: string, name: string, order: number): void {
  if (!Number.isSafeInteger(order) || order < 0) {
    throw new RangeError(`${caller}: ${name} must be a non-negative integer, got ${order}`);
  }
}
