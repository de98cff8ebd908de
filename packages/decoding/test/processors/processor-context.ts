import type { ProcessorContext } from "../../src/index.ts";

/** A context with only what a test cares for; without a word on the prompt, all ids are generated. */
export function processorContext({
  ids = [],
  endTokens = [],
  ...rest
}: Partial<Omit<ProcessorContext, "ids" | "endTokens">> & {
  ids?: ArrayLike<number>;
  endTokens?: Iterable<number>;
} = {}): ProcessorContext {
  return {
    ids: Int32Array.from(ids),
    promptLength: 0,
    maxLength: 1000,
    endTokens: new Set(endTokens),
    promptIndex: 0,
    earlierGroupTokens: [],
    ...rest,
  };
}
