import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import type { Chunks } from "./chunks.ts";
import { tokenStream } from "./token-stream.ts";

/**
 * The ids of the tokens of a stream of text, in arrays that the caller owns. Memory holds a chunk.
 *
 * @throws TypeError for chunks that are no strings; RangeError for a token without an id where the vocabulary has no unknown one.
 */
export async function* idStream(
  chunks: Chunks<string>,
  { tokenizer, vocabulary }: { readonly tokenizer: Tokenizer; readonly vocabulary: Vocabulary },
): AsyncGenerator<Int32Array, void> {
  for await (const tokens of tokenStream(chunks, tokenizer)) yield vocabulary.encode(tokens);
}
