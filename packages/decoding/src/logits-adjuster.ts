import { hasMask, maskTokens } from "./constraints/token-mask.ts";
import type { DecodingRequest } from "./decoding-options.ts";
import { impossibleTokens } from "./impossible-tokens.ts";
import { isPossible } from "./is-possible.ts";
import { processorContext } from "./processor-context.ts";

/**
 * The logits [V] of the next token after the constraints and the processors of a request, in that order: the very logits
 * where there is nothing to do, otherwise a row that the next call writes over.
 *
 * @returns a function of the model's logits, borrowed, and of all ids so far, the prompt first.
 */
export function logitsAdjuster(request: DecodingRequest): (logits: Float32Array, ids: Int32Array) => Float32Array {
  const { vocabSize, prompt, processors } = request;
  let scratch: Float32Array | undefined;
  return (logits, ids) => {
    const length = ids.length - prompt.length;
    if (processors.length === 0 && !hasMask(request, length)) return logits;
    scratch ??= new Float32Array(vocabSize);
    scratch.set(logits);
    maskTokens(request, scratch, ids.subarray(prompt.length));
    const context = processorContext(request, ids);
    for (const process of processors) process(scratch, context);
    if (!isPossible(scratch)) throw impossibleTokens(request.caller, length + 1);
    return scratch;
  };
}
