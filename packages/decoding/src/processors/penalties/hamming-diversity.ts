import { checkFinite } from "../checks/check-finite.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { tokenCounter } from "./token-counter.ts";

/**
 * In a search by groups of beams, takes `penalty` from the score of a token for each time that the groups before this one
 * chose it at the same step.
 *
 * @param penalty finite; positive for groups that differ.
 * @throws RangeError for any other.
 * @see Vijayakumar et al., "Diverse Beam Search" (2018).
 */
export function hammingDiversity(penalty: number): LogitsProcessor {
  checkFinite("hammingDiversity", "penalty", penalty);
  const countTokens = tokenCounter();
  return (scores, { earlierGroupTokens }) => {
    countTokens([earlierGroupTokens], {
      vocabSize: scores.length,
      visit(id, count) {
        scores[id]! -= penalty * count;
      },
    });
  };
}
