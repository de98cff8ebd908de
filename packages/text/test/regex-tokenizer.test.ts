import { golden, tokenizerContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regexTokenizer, tokenizerFromJSON } from "../src/index.ts";

const WORDS_AND_MARKS = /[\p{L}\p{M}\p{N}_]+|[^\p{L}\p{M}\p{N}_\s]/u;

tokenizerContract("regexTokenizer(words and marks)", () => regexTokenizer(WORDS_AND_MARKS));
tokenizerContract("regexTokenizer(white space, { keep: gaps })", () => regexTokenizer(/\s/, { keep: "gaps" }));
tokenizerContract("regexTokenizer(white space, { keep: both })", () => regexTokenizer(/\s+/, { keep: "both" }));
tokenizerContract("regexTokenizer(nothing, { keep: both })", () => regexTokenizer(/(?:)/g, { keep: "both" }));

const { source, cases } = golden<{
  readonly regexp: readonly {
    readonly pattern: string;
    readonly gaps: boolean;
    readonly text: string;
    readonly tokens: readonly string[];
    readonly spans: readonly (readonly [start: number, end: number])[];
  }[];
}>(import.meta.url, "nltk-tokenizers");

describe("regexTokenizer", () => {
  it.each(cases.regexp)(
    `regexTokenizer($pattern, { gaps: $gaps }) cuts $text as ${source}`,
    ({ pattern, gaps, text, tokens, spans }) => {
      const tokenizer = regexTokenizer(new RegExp(pattern), { keep: gaps ? "gaps" : "matches" });
      expect(tokenizer.encode(text)).toEqual(tokens);
      expect(tokenizer.encodeWithOffsets(text).map(({ start, end }) => [start, end])).toEqual(spans);
    },
  );

  it.each([
    ["matches", ["12", "345"], "12+345"],
    ["gaps", ["a", "b", "c"], "a+b+c"],
    ["both", ["a", "12", "b", "345", "c"], "a12b345c"],
  ] as const)("regexTokenizer(digits, { keep: %j }) keeps these", (keep, tokens, text) => {
    const tokenizer = regexTokenizer(/\d+/, { keep, separator: "+" });
    expect(tokenizer.encode("a12b345c")).toEqual(tokens);
    expect(tokenizer.decode(tokens)).toBe(text);
  });

  it.each([/b/, /b/g, /b/y, /b/gy, /B/i])("regexTokenizer(%s) finds every match, time and again", (pattern) => {
    pattern.lastIndex = 2;
    const tokenizer = regexTokenizer(pattern);
    for (let time = 0; time < 2; time++) expect(tokenizer.encode("abab")).toEqual(["b", "b"]);
    expect(pattern.lastIndex).toBe(2);
  });

  it("tokenizerFromJSON(tokenizer.toJSON()) is the tokenizer again, through JSON text", () => {
    const patterns = fc.constantFrom(/\w+/, /\/|"/i, /[\p{Lu}]\n?/u, /^.$/ms);
    const keeps = fc.constantFrom("matches", "gaps", "both");
    fc.assert(
      fc.property(patterns, keeps, fc.string(), fc.string(), (pattern, keep, separator, text) => {
        const original = regexTokenizer(pattern, { keep: keep as "both", separator });
        const rebuilt = tokenizerFromJSON(JSON.parse(JSON.stringify(original)));
        expect(rebuilt.toJSON()).toEqual(original.toJSON());
        expect(rebuilt.encodeWithOffsets(text)).toEqual(original.encodeWithOffsets(text));
        expect(rebuilt.decode(["a", "b"])).toBe(original.decode(["a", "b"]));
      }),
    );
  });

  it.each([
    ["\\w+", {}, TypeError, "regexTokenizer: pattern must be a regular expression, got string"],
    [/a/, { keep: "all" }, RangeError, "regexTokenizer: keep must be matches, gaps or both, got all"],
    [/a/, { separator: 1 }, TypeError, "regexTokenizer: separator must be a string, got number"],
  ])("regexTokenizer(%j, %j) is refused", (pattern, options, error, message) => {
    expect(() => regexTokenizer(pattern as RegExp, options as object)).toThrow(new error(message));
  });
});
