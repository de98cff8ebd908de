import { checkPositive } from "../checks/check-positive.ts";
import { checkedIds } from "../checks/checked-ids.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { tokenCounter } from "./token-counter.ts";

/**
 * Makes the tokens of a source text more probable, once for each: the reverse of `repetitionPenalty`, and as dependent on
 * the constant that a model adds to its logits. It keeps a summary or an answer close to what it is about.
 *
 * @param penalty positive and finite; above 1 rewards, below 1 penalises.
 * @param options `source`: the ids of that text.
 * @throws RangeError for any other, or ids outside the vocabulary.
 */
export function encoderRepetitionPenalty(
  penalty: number,
  { source }: { readonly source: ArrayLike<number> },
): LogitsProcessor {
  checkPositive("encoderRepetitionPenalty", "penalty", penalty);
  const sourceIds = checkedIds("encoderRepetitionPenalty", "source", source);
  const countTokens = tokenCounter();
  return (scores) => {
    countTokens([sourceIds(scores.length)], {
      vocabSize: scores.length,
      visit(id) {
        const score = scores[id]!;
        scores[id] = score < 0 ? score / penalty : score * penalty;
      },
    });
  };
}
