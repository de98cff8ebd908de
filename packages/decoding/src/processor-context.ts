import type { DecodingRequest } from "./decoding-options.ts";
import type { ProcessorContext } from "./processors/logits-processor.ts";

export function processorContext(
  { prompt, maxLength, endTokens, promptIndex }: DecodingRequest,
  ids: Int32Array,
  earlierGroupTokens: ArrayLike<number> = [],
): ProcessorContext {
  return { ids, promptLength: prompt.length, maxLength, endTokens, promptIndex, earlierGroupTokens };
}
