import { checkText } from "../../check-text.ts";
import { checkTokens } from "../check-tokens.ts";
import type { Tokenizer, TokenSpan } from "../tokenizer.ts";
import { words as whitespaceWords } from "../words.ts";
import { boundedCache } from "./bounded-cache.ts";
import type { BPEMerge } from "./bpe-merge.ts";
import { bpeSegmenter } from "./bpe-segmenter.ts";
import { checkMerges } from "./check-merges.ts";

/** How text becomes words before these become subwords, and how subwords are written. */
export interface BPEOptions {
  /** Cuts text into words, and joins words; default `words`. Train on the frequencies of its tokens. */
  readonly words?: Tokenizer;
  /** What a subword ends in that is not the last of its word; default `@@`. May be empty where `words` is lossless. */
  readonly separator?: string;
}

const CACHE_SIZE = 1 << 16;
const PART_LENGTH = 1 << 15;

/**
 * The tokenizer that cuts words into subwords by byte-pair encoding: `lowest` may become `low@@` and `est`. The subwords of
 * a word are computed once, as long as it is among the last 65536 different ones. Characters that training did not see are
 * tokens of their own. `decode` takes a word that itself ends in the separator for a part of the next. With lossless words, as of
 * `regexTokenizer(pattern, { keep: "both" })`, and an empty separator it is lossless for every string.
 *
 * @param merges what `trainBpe` gives, in its order; copied.
 * @throws TypeError when `merges` is no list of pairs of strings; RangeError when `separator` is empty and `words` is
 *   not lossless.
 * @see Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units" (2016); subword-nmt,
 *   `apply_bpe`.
 */
export function bpe(
  merges: readonly BPEMerge[],
  { words = whitespaceWords, separator = "@@" }: BPEOptions = {},
): Tokenizer {
  checkMerges("bpe", merges);
  checkText("bpe", separator, "separator");
  if (separator === "" && !words.isLossless) {
    throw new RangeError(`bpe: separator must not be empty where words are not lossless, got "" and ${words.name}`);
  }
  const saved = merges.map(([left, right]) => [left, right] as const);
  const segment = bpeSegmenter(saved);
  const cache = boundedCache(CACHE_SIZE, (word) => {
    const subwords = segment(word);
    return subwords.map((subword, i) => (i < subwords.length - 1 ? subword + separator : subword));
  });
  return {
    name: "bpe",
    isLossless: separator === "",
    encode(text) {
      checkText("bpe.encode", text);
      const tokens: string[] = [];
      for (const part of words === whitespaceWords ? partsBetweenWords(text) : [text]) {
        for (const word of words.encode(part)) {
          for (const token of cache.get(word)) tokens.push(token);
        }
      }
      return tokens;
    },
    encodeWithOffsets(text) {
      checkText("bpe.encodeWithOffsets", text);
      return words.encodeWithOffsets(text).flatMap((word) => {
        const tokens = cache.get(word.token);
        // A word that is not written as in the text cannot be cut like the text.
        if (text.slice(word.start, word.end) !== word.token) return tokens.map((token) => ({ ...word, token }));
        return spansOfSubwords(tokens, word.start, separator);
      });
    },
    decode(tokens) {
      checkTokens("bpe.decode", tokens);
      if (separator === "") return words.decode(tokens);
      const joined: string[] = [];
      let word = "";
      for (const token of tokens) {
        if (token.endsWith(separator)) {
          word += token.slice(0, -separator.length);
        } else {
          joined.push(word + token);
          word = "";
        }
      }
      if (word !== "") joined.push(word);
      return words.decode(joined);
    },
    ...(words.settledEnd && { settledEnd: (text: string) => words.settledEnd!(text) }),
    toJSON: () => ({ name: "bpe", merges: saved, separator, words: words.toJSON() }),
  };
}

/** A long text in parts, so that the words of one can be forgotten when the next is read: that is a third faster. */
function* partsBetweenWords(text: string): Generator<string> {
  let start = 0;
  for (let end; (end = text.indexOf(" ", start + PART_LENGTH)) >= 0; start = end) yield text.slice(start, end);
  yield text.slice(start);
}

function spansOfSubwords(tokens: readonly string[], wordStart: number, separator: string): TokenSpan[] {
  let end = wordStart;
  return tokens.map((token, i) => {
    const start = end;
    end += i < tokens.length - 1 ? token.length - separator.length : token.length;
    return { token, start, end };
  });
}
