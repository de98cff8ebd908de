import { checkPositiveInteger } from "../../check-positive-integer.ts";
import { checkedIds } from "../checks/checked-ids.ts";
import { forbidCompletions } from "./forbid-completions.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Forbids every token that would complete an n-gram of a source text.
 *
 * @param size n, positive; 1 forbids every token of the source.
 * @param options `source`: the ids of that text.
 * @throws RangeError for any other, or ids outside the vocabulary.
 */
export function encoderNgramBlocking(
  size: number,
  { source }: { readonly source: ArrayLike<number> },
): LogitsProcessor {
  checkPositiveInteger("encoderNgramBlocking", "size", size);
  const sourceIds = checkedIds("encoderNgramBlocking", "source", source);
  return (scores, { ids }) => forbidCompletions(scores, { ids, text: sourceIds(scores.length), size });
}
