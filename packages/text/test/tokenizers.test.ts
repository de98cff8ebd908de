import { golden, tokenizerContract } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { characters, tokenizerNamed, words } from "../src/index.ts";

tokenizerContract("characters", () => characters);
tokenizerContract("words", () => words);

const { source, cases } = golden<{
  readonly lines: readonly string[];
  readonly tokenized: { readonly word: readonly string[][]; readonly char: readonly string[][] };
  readonly whitespace: readonly number[];
}>(import.meta.url, "d2l");

describe("characters", () => {
  it(`characters.encode(line) equals ${source}`, () => {
    expect(cases.lines.map((line) => characters.encode(line))).toEqual(cases.tokenized.char);
  });

  it.each([
    ["👍🏽", ["👍", "🏽"]],
    ["e\u0301", ["e", "\u0301"]],
    ["\ud83d\ud83d\ude00\ude00", ["\ud83d", "\u{1f600}", "\ude00"]],
    ["a\0 ", ["a", "\0", " "]],
  ])("characters.encode(%j) cuts between code points", (text, tokens) => {
    expect(characters.encode(text)).toEqual(tokens);
  });
});

describe("words", () => {
  it(`words.encode(line) equals ${source}`, () => {
    expect(cases.lines.map((line) => words.encode(line))).toEqual(cases.tokenized.word);
  });

  it(`words.tokenize cuts at the white space of ${source}, and nowhere else`, () => {
    const cut: number[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (words.encode(`a${String.fromCodePoint(code)}b`).length === 2) cut.push(code);
    }
    expect(cut).toEqual(cases.whitespace);
  });

  it("words.decode(words.encode(text)) puts one space between words and none around", () => {
    expect(words.decode(words.encode("  It's\n\n so,\tthen. "))).toBe("It's so, then.");
  });
});

describe("tokenizerNamed", () => {
  it.each([characters, words])("tokenizerNamed($name) is that tokenizer", (tokenizer) => {
    expect(tokenizerNamed(tokenizer.name)).toBe(tokenizer);
  });

  it.each(["bytes", "", "__proto__", undefined])("throws a RangeError for the name %j", (name) => {
    expect(() => tokenizerNamed(name as string)).toThrow(
      new RangeError(`tokenizerNamed: name must be characters or words, got ${name}`),
    );
  });
});
