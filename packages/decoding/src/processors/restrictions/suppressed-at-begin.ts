import { checkCount } from "../checks/check-count.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { suppressedTokens } from "./suppressed-tokens.ts";

/**
 * Forbids some tokens at the beginning only.
 *
 * @param tokens copied.
 * @param options `position`: how many tokens were generated where they are forbidden; default 0, the first. With a forced
 * first token it is 1.
 * @throws RangeError for ids outside the vocabulary, or another position.
 */
export function suppressedAtBegin(
  tokens: ArrayLike<number>,
  { position = 0 }: { readonly position?: number } = {},
): LogitsProcessor {
  checkCount("suppressedAtBegin", "position", position);
  const suppress = suppressedTokens(tokens);
  return (scores, context) => {
    if (context.ids.length - context.promptLength === position) suppress(scores, context);
  };
}
