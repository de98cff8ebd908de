import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import type { Chunks } from "./chunks.ts";
import { lineStream } from "./line-stream.ts";
import { recutStream } from "./recut-stream.ts";

/**
 * The tokens of a stream of text, in arrays. They are those that the tokenizer gives for the whole text where it has
 * `settledEnd`; with any other they are those of each line by itself, without line ends. How the text is cut into chunks
 * changes no token.
 *
 * @throws TypeError for chunks that are no strings.
 */
export async function* tokenStream(chunks: Chunks<string>, tokenizer: Tokenizer): AsyncGenerator<string[], void> {
  if (tokenizer.settledEnd) {
    for await (const text of recutStream(chunks, (part) => tokenizer.settledEnd!(part))) {
      const tokens = tokenizer.encode(text);
      if (tokens.length > 0) yield tokens;
    }
  } else {
    for await (const lines of lineStream(chunks)) {
      const tokens = lines.flatMap((line) => tokenizer.encode(line));
      if (tokens.length > 0) yield tokens;
    }
  }
}
