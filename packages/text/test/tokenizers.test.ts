import { golden, tokenizerContract } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { bytes, characters, graphemes, tokenizerFromJSON, tokenizerNamed, treebank, words } from "../src/index.ts";

tokenizerContract("characters", () => characters);
tokenizerContract("graphemes", () => graphemes);
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

describe("graphemes", () => {
  it.each([
    ["e\u0301a", ["e\u0301", "a"]],
    ["👩‍👩‍👧‍👦👍🏽🇫🇷☝️#️⃣", ["👩‍👩‍👧‍👦", "👍🏽", "🇫🇷", "☝️", "#️⃣"]],
    ["\r\n\n\r", ["\r\n", "\n", "\r"]],
    ["\u1112\u1161\u11ab글", ["\u1112\u1161\u11ab", "글"]],
    ["\ud83d\ud83d\ude00\ude00", ["\ud83d", "\u{1f600}", "\ude00"]],
    ["a\0 ", ["a", "\0", " "]],
  ])("graphemes.encode(%j) cuts between what a reader takes for characters", (text, tokens) => {
    expect(graphemes.encode(text)).toEqual(tokens);
  });
});

it.each([
  ["a\u{11099}\ud804", 1], // what follows may make the half a sign that joins the letter
  ["ab", 1],
  ["a\r", 1],
  ["\ud804", 0],
  ["", 0],
])("graphemes.settledEnd(%j) leaves the last one open", (text, end) => {
  expect(graphemes.settledEnd!(text)).toBe(end);
});

describe("words", () => {
  it(`words.encode(line) equals ${source}`, () => {
    expect(cases.lines.map((line) => words.encode(line))).toEqual(cases.tokenized.word);
  });

  it(`words.encode cuts at the white space of ${source}, and nowhere else`, () => {
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

const NAMED = [characters, graphemes, bytes, words, treebank];

describe("tokenizerNamed", () => {
  it.each(NAMED)("tokenizerNamed($name) is that tokenizer", (tokenizer) => {
    expect(tokenizerNamed(tokenizer.name)).toBe(tokenizer);
  });

  it.each(["sentences", "", "__proto__", "regex", undefined])("throws a RangeError for the name %j", (name) => {
    expect(() => tokenizerNamed(name as string)).toThrow(
      new RangeError(`tokenizerNamed: name must be one of characters, graphemes, bytes, words, treebank, got ${name}`),
    );
  });
});

describe("tokenizerFromJSON", () => {
  it.each(NAMED)("tokenizerFromJSON of the JSON and of the name of $name is that tokenizer", (tokenizer) => {
    expect(tokenizerFromJSON(JSON.parse(JSON.stringify(tokenizer)))).toBe(tokenizer);
    expect(tokenizerFromJSON(tokenizer.name)).toBe(tokenizer);
  });

  it("tokenizerFromJSON(json, { tokenizers }) finds those by their name", () => {
    const mine = { ...words, name: "mine" };
    expect(tokenizerFromJSON({ name: "mine", anything: 1 }, { tokenizers: [characters, mine] })).toBe(mine);
  });

  it.each([
    [undefined, TypeError, "json must be a name or have one, got undefined"],
    [null, TypeError, "json must be a name or have one, got null"],
    [{}, TypeError, "json must be a name or have one, got {}"],
    [["words"], TypeError, 'json must be a name or have one, got ["words"]'],
    ["sentences", RangeError, "name must be one of characters, graphemes, bytes, words, treebank, got sentences"],
    [{ name: "regex" }, TypeError, "pattern and flags of regex must be strings, got undefined and undefined"],
    [
      { name: "regex", pattern: "(", flags: "" },
      RangeError,
      "pattern and flags of regex must be those of a regular expression, got ( and ",
    ],
    [{ name: "bpe" }, TypeError, "bpe: merges must be an array of pairs, got undefined"],
    [{ name: "bpe", merges: [], words: {} }, TypeError, "json must be a name or have one, got {}"],
  ])("tokenizerFromJSON(%j) says what is wrong", (json, error, message) => {
    expect(() => tokenizerFromJSON(json)).toThrow(error);
    expect(() => tokenizerFromJSON(json)).toThrow(message);
  });
});
