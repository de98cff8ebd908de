import type { Tokenizer } from "@rnnkit/text";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const TEXTS = [
  ["letters and spaces", "the time traveller"],
  ["one character", "a"],
  ["only white space", " \t\r\n  \u00a0\u3000"],
  ["space around and between", "  two   words  "],
  ["line breaks of all kinds", "a\nb\r\nc\rd\u2028e\u2029f\u0085g"],
  ["NUL and other control characters", "a\0b\u0001\u001c\u001f\u007f"],
  ["a byte order mark", "\ufeffa\ufeffb"],
  ["combining marks", "e\u0301 n\u0303\u0323 \u0301"],
  ["astral code points", "\u{1d54f}\u{20000}\u{10ffff}"],
  ["emoji of several code points", "👩‍👩‍👧‍👦👍🏽🇫🇷☝️#️⃣"],
  ["lone high surrogate", "a\ud83db"],
  ["lone low surrogate", "a\ude00b"],
  ["surrogates in the wrong order", "\ude00\ud83d"],
  ["a surrogate before a pair", "\ud83d\ud83d\ude00"],
  ["right-to-left text", "שלום עולם"],
  ["names of object properties", "__proto__ constructor toString"],
] as const;

// Code points, joined sequences, raw UTF-16 units (so surrogates alone), and white space that is not rare.
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
      fc.constantFrom(" ", "\n", "\r\n", "\0", "\ud83d", "\ude00"),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));

/**
 * What every {@link Tokenizer} promises, as tests.
 *
 * @param makeTokenizer called once for each test.
 */
export function tokenizerContract(name: string, makeTokenizer: () => Tokenizer): void {
  describe(`${name} keeps the contract of a tokenizer`, () => {
    it("has a name to be remembered by", () => {
      expect(makeTokenizer().name).toMatch(/\S/);
    });

    it.each(TEXTS)("tokenize(text) gives no empty token and is repeatable, for %s", (_, text) => {
      expect(flaws(makeTokenizer(), text)).toEqual([]);
    });

    it("tokenize(text) gives no empty token and is repeatable, for any text", () => {
      const tokenizer = makeTokenizer();
      fc.assert(
        fc.property(texts, (text) => {
          expect(flaws(tokenizer, text)).toEqual([]);
        }),
      );
    });

    it("tokenize(detokenize(tokenize(text))) is tokenize(text), for any text", () => {
      const tokenizer = makeTokenizer();
      fc.assert(
        fc.property(texts, (text) => {
          const tokens = tokenizer.tokenize(text);
          expect(tokenizer.tokenize(tokenizer.detokenize(tokens))).toEqual(tokens);
        }),
      );
    });

    it("isLossless says whether detokenize(tokenize(text)) is text, for all of a table of texts", () => {
      const tokenizer = makeTokenizer();
      const changed = TEXTS.filter(([, text]) => tokenizer.detokenize(tokenizer.tokenize(text)) !== text);
      expect(changed.length === 0, `changed: ${JSON.stringify(changed)}`).toBe(tokenizer.isLossless);
    });

    it("detokenize(tokenize(text)) is text where isLossless, for any text", () => {
      const tokenizer = makeTokenizer();
      const roundTrip = (text: string) =>
        tokenizer.isLossless ? tokenizer.detokenize(tokenizer.tokenize(text)) : text;
      fc.assert(
        fc.property(texts, (text) => {
          expect(roundTrip(text)).toBe(text);
        }),
      );
    });

    it("tokenize of the empty text is empty, and so is detokenize of no tokens", () => {
      expect(makeTokenizer().tokenize("")).toEqual([]);
      expect(makeTokenizer().detokenize([])).toBe("");
    });

    it("detokenize(tokens) only borrows the tokens", () => {
      const tokens = makeTokenizer().tokenize("two words");
      expect(() => makeTokenizer().detokenize(Object.freeze(tokens))).not.toThrow();
    });

    it.each([
      ["undefined", undefined],
      ["null", null],
      ["a number", 7],
      ["a String object", new String("text")],
      ["an array of strings", ["text"]],
      ["an object", {}],
    ])("tokenize throws a TypeError for %s", (_, text) => {
      expect(() => makeTokenizer().tokenize(text as string)).toThrow(TypeError);
    });
  });
}

function flaws(tokenizer: Tokenizer, text: string): string[] {
  const [tokens, again] = [tokenizer.tokenize(text), tokenizer.tokenize(text)];
  const found = [];
  if (tokens.some((token) => typeof token !== "string")) found.push("a token is not a string");
  if (tokens.includes("")) found.push("a token is empty");
  if (tokens.length !== again.length || tokens.some((token, i) => token !== again[i]))
    found.push("it is not repeatable");
  if (tokens === again) found.push("two calls return one array");
  return found;
}
