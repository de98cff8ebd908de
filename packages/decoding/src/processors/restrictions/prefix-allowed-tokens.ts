import { isTokenId } from "../../token-ids.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Gives the ids that may come next, at least one.
 *
 * @param ids all so far, prompt included; borrowed for the call.
 * @param promptIndex which prompt of a batch; 0 where there is one.
 */
export type PrefixAllowedTokens = (ids: Int32Array, promptIndex: number) => ArrayLike<number>;

/**
 * Forbids every token that a function does not allow. A token that is impossible otherwise stays so, and a search that is
 * left without any says so; Hugging Face would then choose evenly from the allowed ones.
 *
 * @throws RangeError, the processor, when nothing is allowed, or an id outside the vocabulary.
 */
export function prefixAllowedTokens(allowed: PrefixAllowedTokens): LogitsProcessor {
  let previous = new Float32Array(0);
  return (scores, { ids, promptIndex }) => {
    const tokens = allowed(ids, promptIndex);
    if (tokens.length === 0) throw new RangeError("prefixAllowedTokens: allowed must return an id, got none");
    if (previous.length !== scores.length) previous = new Float32Array(scores.length);
    previous.set(scores);
    scores.fill(-Infinity);
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      if (!isTokenId(token, scores.length)) {
        throw new RangeError(
          `prefixAllowedTokens: allowed must return ids from 0 to ${scores.length - 1}, got ${token} at index ${i}`,
        );
      }
      scores[token] = previous[token]!;
    }
  };
}
