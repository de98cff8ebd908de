import { checkPositiveInteger } from "../../check-positive-integer.ts";
import { forbidCompletions } from "./forbid-completions.ts";
import type { LogitsProcessor } from "../logits-processor.ts";

/**
 * Forbids every token that would complete an n-gram that occurs in the sequence already, prompt included.
 *
 * @param size n, positive; 1 forbids every token seen.
 * @throws RangeError for any other.
 * @see Paulus, Xiong, Socher, "A Deep Reinforced Model for Abstractive Summarization" (2018).
 */
export function ngramBlocking(size: number): LogitsProcessor {
  checkPositiveInteger("ngramBlocking", "size", size);
  return (scores, { ids }) => forbidCompletions(scores, { ids, text: ids, size });
}
