import type { Tokenizer, TokenSpan } from "@rnnkit/text";
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

/** What a tokenizer need not promise. */
interface TokenizerClaims {
  /** Whether `encode(decode(encode(text)))` is `encode(text)`; default true. */
  readonly isStable?: boolean;
  /** Whether the tokens that share a span decode to that slice of the text, and spans never overlap; default true. */
  readonly keepsText?: boolean;
}

/**
 * What every {@link Tokenizer} promises, as tests.
 *
 * @param makeTokenizer called once for each test.
 */
export function tokenizerContract(
  name: string,
  makeTokenizer: () => Tokenizer,
  { isStable = true, keepsText = true }: TokenizerClaims = {},
): void {
  describe(`${name} keeps the contract of a tokenizer`, () => {
    it("has a name to be remembered by, which its JSON holds", () => {
      const { name: remembered } = makeTokenizer();
      expect(remembered).toMatch(/\S/);
      expect(JSON.parse(JSON.stringify(makeTokenizer()))).toMatchObject({ name: remembered });
    });

    it.each(TEXTS)("encode(text) gives no empty token and is repeatable, for %s", (_, text) => {
      expect(flaws(makeTokenizer(), text)).toEqual([]);
    });

    it("encode(text) gives no empty token and is repeatable, for any text", () => {
      const tokenizer = makeTokenizer();
      fc.assert(
        fc.property(texts, (text) => {
          expect(flaws(tokenizer, text)).toEqual([]);
        }),
      );
    });

    it.each(TEXTS)("encodeWithOffsets(text) says where the tokens of encode(text) lie, for %s", (_, text) => {
      expect(offsetFlaws(makeTokenizer(), text, keepsText)).toEqual([]);
    });

    it("encodeWithOffsets(text) says where the tokens of encode(text) lie, for any text", () => {
      const tokenizer = makeTokenizer();
      fc.assert(
        fc.property(texts, (text) => {
          expect(offsetFlaws(tokenizer, text, keepsText)).toEqual([]);
        }),
      );
    });

    it.skipIf(!isStable)(
      "encode(decode(encode(text))) is encode(text), for any text (skipped where it does not claim so)",
      () => {
        const tokenizer = makeTokenizer();
        fc.assert(
          fc.property(texts, (text) => {
            const tokens = tokenizer.encode(text);
            expect(tokenizer.encode(tokenizer.decode(tokens))).toEqual(tokens);
          }),
        );
      },
    );

    it("isLossless says whether decode(encode(text)) is text, for all of a table of texts", () => {
      const tokenizer = makeTokenizer();
      const changed = TEXTS.filter(([, text]) => tokenizer.decode(tokenizer.encode(text)) !== text);
      expect(changed.length === 0, `changed: ${JSON.stringify(changed)}`).toBe(tokenizer.isLossless);
    });

    it("decode(encode(text)) is text where isLossless, for any text", () => {
      const tokenizer = makeTokenizer();
      const roundTrip = (text: string) => (tokenizer.isLossless ? tokenizer.decode(tokenizer.encode(text)) : text);
      fc.assert(
        fc.property(texts, (text) => {
          expect(roundTrip(text)).toBe(text);
        }),
      );
    });

    it("settledEnd(text), if there is one, says how much of a text can be encoded by itself, whatever follows", () => {
      const tokenizer = makeTokenizer();
      fc.assert(
        fc.property(texts, texts, (text, more) => {
          const end = tokenizer.settledEnd?.(text) ?? 0;
          const settled = tokenizer.encode(text.slice(0, end));
          const rest = tokenizer.encode(text.slice(end) + more);
          expect([...settled, ...rest]).toEqual(tokenizer.encode(text + more));
        }),
      );
    });

    it("encode of the empty text is empty, and so is decode of no tokens", () => {
      expect(makeTokenizer().encode("")).toEqual([]);
      expect(makeTokenizer().encodeWithOffsets("")).toEqual([]);
      expect(makeTokenizer().decode([])).toBe("");
    });

    it("decode(tokens) only borrows the tokens", () => {
      const tokens = makeTokenizer().encode("two words");
      expect(() => makeTokenizer().decode(Object.freeze(tokens))).not.toThrow();
    });

    it.each([
      ["undefined", undefined],
      ["null", null],
      ["a number", 7],
      ["a String object", new String("text")],
      ["an array of strings", ["text"]],
      ["an object", {}],
    ])("encode and encodeWithOffsets throw a TypeError for %s", (_, text) => {
      expect(() => makeTokenizer().encode(text as string)).toThrow(TypeError);
      expect(() => makeTokenizer().encodeWithOffsets(text as string)).toThrow(TypeError);
    });

    it.each([
      ["undefined", undefined],
      ["a string", "text"],
      ["an array of ids", [1, 2]],
      ["an Int32Array", Int32Array.of(1)],
      ["a list of lists", [["text"]]],
    ])("decode throws a TypeError for %s", (_, tokens) => {
      expect(() => makeTokenizer().decode(tokens as unknown as string[])).toThrow(TypeError);
    });
  });
}

function flaws(tokenizer: Tokenizer, text: string): string[] {
  const [tokens, again] = [tokenizer.encode(text), tokenizer.encode(text)];
  const found = [];
  if (tokens.some((token) => typeof token !== "string")) found.push("a token is not a string");
  if (tokens.includes("")) found.push("a token is empty");
  if (tokens.length !== again.length || tokens.some((token, i) => token !== again[i]))
    found.push("it is not repeatable");
  if (tokens === again) found.push("two calls return one array");
  return found;
}

/**
 * Tokens may share a span, as the bytes of one character do; otherwise spans lie one behind the other. Where a tokenizer changes
 * the text, what it puts in may have a place that others have, or none: spans then only never go back.
 */
function offsetFlaws(tokenizer: Tokenizer, text: string, keepsText: boolean): string[] {
  const spans = tokenizer.encodeWithOffsets(text);
  const groups = bySpan(spans);
  const found = [];
  if (JSON.stringify(spans.map(({ token }) => token)) !== JSON.stringify(tokenizer.encode(text)))
    found.push("the tokens are others than those of encode");
  if (groups.some(({ start, end }) => !(0 <= start && start <= end && end <= text.length)))
    found.push("a span is outside the text");
  if (keepsText && groups.some(({ start, end }) => start === end)) found.push("a span is empty");
  if (keepsText && groups.some(({ start }, i) => i > 0 && start < groups[i - 1]!.end)) found.push("spans overlap");
  if (groups.some(({ start, end }, i) => i > 0 && (start < groups[i - 1]!.start || end < groups[i - 1]!.end)))
    found.push("a span lies before the last");
  if (keepsText && groups.some(({ tokens, start, end }) => tokenizer.decode(tokens) !== text.slice(start, end)))
    found.push("the tokens of a span do not decode to its slice of the text");
  const covered = groups.map(({ start, end }) => text.slice(start, end)).join("");
  if (tokenizer.isLossless && covered !== text) found.push("it is lossless and its spans do not tile the text");
  return found;
}

function bySpan(spans: readonly TokenSpan[]): { tokens: string[]; start: number; end: number }[] {
  const groups: { tokens: string[]; start: number; end: number }[] = [];
  for (const { token, start, end } of spans) {
    const last = groups.at(-1);
    if (last?.start === start && last.end === end) last.tokens.push(token);
    else groups.push({ tokens: [token], start, end });
  }
  return groups;
}
