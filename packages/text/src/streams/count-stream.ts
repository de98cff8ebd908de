import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import { type TokenCounter, tokenCounter } from "../vocabulary/token-counter.ts";
import type { Chunks } from "./chunks.ts";
import { tokenStream } from "./token-stream.ts";

/**
 * Counts the tokens of a stream of text, for `vocabularyFromCounts`: the first of two passes over a corpus larger than memory,
 * which `idStream` follows. Memory holds a chunk and the distinct tokens.
 *
 * @throws TypeError for chunks that are no strings.
 */
export async function countStream(
  chunks: Chunks<string>,
  { tokenizer }: { readonly tokenizer: Tokenizer },
): Promise<TokenCounter> {
  const counter = tokenCounter();
  for await (const tokens of tokenStream(chunks, tokenizer)) counter.add(tokens);
  return counter;
}
