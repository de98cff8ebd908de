import { checkFinite } from "../checks/check-finite.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { tokenCounter } from "./token-counter.ts";

/**
 * Takes `penalty` from the score of every token that was generated so far; the prompt does not count.
 *
 * @param penalty finite; below 0 rewards. OpenAI's range is -2 to 2.
 * @throws RangeError for any other.
 * @see OpenAI API reference, presence_penalty.
 */
export function presencePenalty(penalty: number): LogitsProcessor {
  checkFinite("presencePenalty", "penalty", penalty);
  const countTokens = tokenCounter();
  return (scores, { ids, promptLength }) => {
    countTokens([ids.subarray(promptLength)], {
      vocabSize: scores.length,
      visit(id) {
        scores[id]! -= penalty;
      },
    });
  };
}
