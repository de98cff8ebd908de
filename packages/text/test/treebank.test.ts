import { golden, tokenizerContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { treebank, words } from "../src/index.ts";

// Its decode restores ordinary text, not every text.
tokenizerContract("treebank", () => treebank, { isStable: false, keepsText: false });

const { source, cases } = golden<{
  readonly treebank: readonly {
    readonly text: string;
    readonly tokens: readonly string[];
    readonly spans: readonly (readonly [start: number, end: number])[];
    readonly joined: string;
  }[];
  readonly joined: readonly { readonly tokens: readonly string[]; readonly text: string }[];
}>(import.meta.url, "nltk-tokenizers");

describe("treebank", () => {
  it.each(cases.treebank)(`treebank.encode($text) equals ${source}`, ({ text, tokens }) => {
    expect(treebank.encode(text)).toEqual(tokens);
  });

  it.each(cases.treebank)(`treebank.encodeWithOffsets($text) equals ${source}`, ({ text, spans }) => {
    expect(treebank.encodeWithOffsets(text).map(({ start, end }) => [start, end])).toEqual(spans);
  });

  it.each(cases.treebank)(`treebank.decode of the tokens of $text equals ${source}`, ({ tokens, joined }) => {
    expect(treebank.decode(tokens)).toBe(joined);
  });

  it.each(cases.joined)(`treebank.decode($tokens) equals ${source}`, ({ tokens, text }) => {
    expect(treebank.decode(tokens)).toBe(text);
  });

  it.each([
    "The plane, bound for St Petersburg, crashed in Egypt's Sinai desert.",
    '"I can\'t," she said, "and I won\'t!"',
    "They cannot pay $3.88 (or 5%), it's gone.",
  ])("treebank.decode(treebank.encode(%j)) is the text", (text) => {
    expect(treebank.decode(treebank.encode(text))).toBe(text);
  });

  it("encodeWithOffsets(text) slices the tokens back, double quotation marks aside, and leaves only white space", () => {
    const texts = fc
      .array(
        fc.oneof(fc.constantFrom('"', "''", "``", "'s", "n't", "can", "not", " ", "\n", ".", ",", "--"), fc.string()),
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const spans = treebank.encodeWithOffsets(text);
        const slices = spans.map(({ start, end }) => text.slice(start, end));
        const isQuotation = (token: string) => ['"', "``", "''"].includes(token);
        const alike = (token: string) => (isQuotation(token) ? '"' : token);
        expect(slices.map(alike)).toEqual(spans.map(({ token }) => alike(token)));
        const gaps = spans.map(({ start }, i) => text.slice(spans[i - 1]?.end ?? 0, start));
        gaps.push(text.slice(spans.at(-1)?.end ?? 0));
        expect(gaps.flatMap((gap) => words.encode(gap))).toEqual([]);
      }),
    );
  });
});
