import { checkFinite } from "../checks/check-finite.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { tokenCounter } from "./token-counter.ts";

/**
 * Takes `penalty` from the score of a token for each time that it was generated so far; the prompt does not count.
 *
 * @param penalty finite; below 0 rewards. OpenAI's range is -2 to 2.
 * @throws RangeError for any other.
 * @see OpenAI API reference, frequency_penalty.
 */
export function frequencyPenalty(penalty: number): LogitsProcessor {
  checkFinite("frequencyPenalty", "penalty", penalty);
  const countTokens = tokenCounter();
  return (scores, { ids, promptLength }) => {
    countTokens([ids.subarray(promptLength)], {
      vocabSize: scores.length,
      visit(id, count) {
        scores[id]! -= penalty * count;
      },
    });
  };
}
