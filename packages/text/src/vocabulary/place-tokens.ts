import type { Tokenizer } from "../tokenizers/tokenizer.ts";
import type { NumberList } from "./number-list.ts";
import { placeOf, type TokenTable } from "./token-table.ts";

/** Lists the place of each token of texts. */
export function placeTokens(
  texts: Iterable<string>,
  { tokenizer, table, list }: { readonly tokenizer: Tokenizer; readonly table: TokenTable; readonly list: NumberList },
): void {
  for (const text of texts) {
    const tokens = tokenizer.encode(text);
    list.reserve(tokens.length);
    for (let i = 0; i < tokens.length; i++) list.part[list.used++] = placeOf(table, tokens[i]!, "encodeCorpus");
  }
}
