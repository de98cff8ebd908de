import { checkText } from "../check-text.ts";
import { checkTokens } from "./check-tokens.ts";
import { settledCharacters } from "./settled-characters.ts";
import type { Tokenizer, TokenSpan } from "./tokenizer.ts";
import { decodeUtf8 } from "./decode-utf8.ts";
import { encodeUtf8, utf8Length } from "./encode-utf8.ts";

/** A tokenizer that can give no other tokens than these, in the order of their ids: a vocabulary needs no corpus. */
export interface ClosedTokenizer extends Tokenizer {
  readonly tokens: readonly string[];
}

const TOKENS = Object.freeze(Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)));

/**
 * Cuts text into the bytes of its UTF-8 form: 256 tokens for all of Unicode, none ever unknown. The token of a byte is the
 * character of that code, `é` being `"Ã"` and `"©"`. Lossless for every string: half of a surrogate pair that stands alone
 * has the three bytes that its code would have. All bytes of a character have its place in the text.
 *
 * In `decode`, bytes that are no UTF-8 become U+FFFD, as browsers do it, and tokens that are no bytes stay what they are.
 *
 * @see The Unicode Standard, section 3.9; WTF-8 for surrogates.
 */
export const bytes: ClosedTokenizer = {
  name: "bytes",
  isLossless: true,
  tokens: TOKENS,
  encode(text) {
    checkText("bytes.encode", text);
    return Array.from(encodeUtf8(text), (byte) => TOKENS[byte]!);
  },
  encodeWithOffsets(text) {
    checkText("bytes.encodeWithOffsets", text);
    const encoded = encodeUtf8(text);
    const spans: TokenSpan[] = [];
    let end = 0;
    for (const character of text) {
      const start = end;
      end += character.length;
      for (const stop = spans.length + utf8Length(character); spans.length < stop;) {
        spans.push({ token: TOKENS[encoded[spans.length]!]!, start, end });
      }
    }
    return spans;
  },
  decode(tokens) {
    checkTokens("bytes.decode", tokens);
    const parts: string[] = [];
    let pending: number[] = [];
    for (const token of tokens) {
      if (token.length === 1 && token <= "\xff") {
        pending.push(token.charCodeAt(0));
        continue;
      }
      parts.push(decodeUtf8(pending), token);
      pending = [];
    }
    return parts.join("") + decodeUtf8(pending);
  },
  settledEnd: settledCharacters,
  toJSON: () => ({ name: "bytes" }),
};
