import { checkedIds } from "../checks/checked-ids.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Makes one token the only possible first one, with a score of 0, whatever the model says.
 *
 * @param token for instance that of the language to translate to.
 * @throws RangeError for an id outside the vocabulary.
 */
export function forcedBegin(token: number): LogitsProcessor {
  const checked = checkedIds("forcedBegin", "token", [token]);
  return (scores, { ids, promptLength }) => {
    const [first] = checked(scores.length);
    if (ids.length > promptLength) return;
    scores.fill(-Infinity);
    scores[first!] = 0;
  };
}
