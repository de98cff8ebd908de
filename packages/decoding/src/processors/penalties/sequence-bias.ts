import { checkedSequences } from "../checks/checked-sequences.ts";
import { isAboutToComplete } from "../restrictions/is-about-to-complete.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/** What is added to the score of a sequence's last token when the tokens before it are there. */
export interface SequenceBias {
  /** The ids, at least one. */
  readonly tokens: ArrayLike<number>;
  /** Finite, or -Infinity to forbid the sequence. */
  readonly bias: number;
}

/**
 * Makes sequences more or less probable: adds a bias to the token that would complete one, always where it is of one
 * token. Biases on the same token add up.
 *
 * @param biases copied.
 * @throws RangeError for an empty sequence, another bias, or ids outside the vocabulary.
 */
export function sequenceBias(biases: readonly SequenceBias[]): LogitsProcessor {
  const amounts = biases.map(({ bias }) => {
    if (!(bias < Infinity)) throw new RangeError(`sequenceBias: bias must be finite or -Infinity, got ${bias}`);
    return bias;
  });
  const tokens = biases.map((bias) => bias.tokens);
  const sequences = checkedSequences("sequenceBias", "tokens", tokens);
  return (scores, { ids }) => {
    for (const [i, sequence] of sequences(scores.length).entries()) {
      if (isAboutToComplete(ids, sequence)) scores[sequence.at(-1)!]! += amounts[i]!;
    }
  };
}
