import { checkCount } from "../checks/check-count.ts";
import { checkPositive } from "../checks/check-positive.ts";
import { checkedIds } from "../checks/checked-ids.ts";
import type { LogitsProcessor } from "../logits-processor.ts";
import { tokenCounter } from "./token-counter.ts";

/** Which ids {@link repetitionPenalty} looks at. */
export interface RepetitionPenaltyOptions {
  /** How many ids at the beginning do not count as seen, for instance the length of the prompt; default 0. */
  readonly ignoredLength?: number;
  /** Ids that count as seen from the start, for instance those of the sentence to translate; default none. */
  readonly source?: ArrayLike<number>;
  /** Ids that are never penalised, for instance special tokens; default none. */
  readonly exempt?: ArrayLike<number>;
}

/**
 * Makes the tokens seen so far, prompt included, less probable: `s < 0 ? s * penalty : s / penalty`, once for each. It
 * depends on the constant that a model adds to its logits; `logNormalization()` before it takes that away.
 *
 * @param penalty positive and finite; above 1 penalises, below 1 rewards.
 * @throws RangeError for any other, or ids outside the vocabulary.
 * @see Keskar et al., "CTRL: A Conditional Transformer Language Model for Controllable Generation" (2019).
 */
export function repetitionPenalty(penalty: number, options: RepetitionPenaltyOptions = {}): LogitsProcessor {
  const { ignoredLength = 0, source = [], exempt = [] } = options;
  checkPositive("repetitionPenalty", "penalty", penalty);
  checkCount("repetitionPenalty", "ignoredLength", ignoredLength);
  const sourceIds = checkedIds("repetitionPenalty", "source", source);
  const exemptIds = new Set(checkedIds("repetitionPenalty", "exempt", exempt)(2 ** 31));
  const countTokens = tokenCounter();
  return (scores, { ids }) => {
    countTokens([ids.subarray(ignoredLength), sourceIds(scores.length)], {
      vocabSize: scores.length,
      visit(id) {
        const score = scores[id]!;
        if (!exemptIds.has(id)) scores[id] = score < 0 ? score * penalty : score / penalty;
      },
    });
  };
}
