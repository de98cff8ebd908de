import { checkedIds } from "../checks/checked-ids.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Forbids some tokens.
 *
 * @param tokens copied.
 * @throws RangeError for ids outside the vocabulary.
 */
export function suppressedTokens(tokens: ArrayLike<number>): LogitsProcessor {
  const checked = checkedIds("suppressedTokens", "tokens", tokens);
  return (scores) => {
    for (const token of checked(scores.length)) scores[token] = -Infinity;
  };
}
