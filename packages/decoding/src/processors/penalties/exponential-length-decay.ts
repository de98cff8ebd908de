import { checkCount } from "../checks/check-count.ts";
import { checkPositive } from "../checks/check-positive.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/** How {@link exponentialLengthDecay} grows. */
export interface ExponentialLengthDecayOptions {
  /** The number of generated tokens after which it begins; not negative. */
  readonly start: number;
  /** f, positive; above 1 favours the end. */
  readonly factor: number;
}

/**
 * Makes the end tokens ever more probable once the text is longer than wanted: with n tokens more than `start`, their
 * scores grow by `|score| (f^n - 1)`. It depends on the constant that a model adds to its logits; `logNormalization()`
 * before it takes that away.
 *
 * @throws RangeError for a nonsense option.
 */
export function exponentialLengthDecay({ start, factor }: ExponentialLengthDecayOptions): LogitsProcessor {
  checkCount("exponentialLengthDecay", "start", start);
  checkPositive("exponentialLengthDecay", "factor", factor);
  return (scores, { ids, promptLength, endTokens }) => {
    const excess = ids.length - promptLength - start;
    if (excess <= 0) return;
    for (const token of endTokens) {
      const score = scores[token]!;
      if (Number.isFinite(score)) scores[token] = score + Math.abs(score) * (factor ** excess - 1);
    }
  };
}
