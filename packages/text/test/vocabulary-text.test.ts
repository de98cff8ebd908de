import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitLines, vocabulary, vocabularyFromText, vocabularyToText } from "../src/index.ts";
import { anyVocabulary, contents } from "./any-vocabulary.ts";

describe("vocabularyToText", () => {
  it("vocabularyToText(vocabulary) has a line for each id", () => {
    const vocab = vocabulary(["b", "a", "b", "a\\b\n\t\r\0\ud83d\ufeff\u0085\u{1f600}"], { reserved: ["<pad>"] });
    expect(vocabularyToText(vocab)).toBe(
      "<unk>\t0\tunknown\n<pad>\t0\treserved\nb\t2\na\t1\na\\\\b\\n\\t\\r\\u0000\\ud83d\\ufeff\\u0085😀\t1\n",
    );
  });

  it("vocabularyToText(vocabulary) is a text of as many lines as ids, however lines are cut", () => {
    fc.assert(
      fc.property(anyVocabulary, (vocab) => {
        expect(splitLines(vocabularyToText(vocab))).toHaveLength(vocab.size);
      }),
    );
  });
});

describe("vocabularyFromText", () => {
  it("vocabularyFromText(vocabularyToText(vocabulary)) is the vocabulary again, through bytes of UTF-8", () => {
    fc.assert(
      fc.property(anyVocabulary, (original) => {
        const bytes = new TextEncoder().encode(vocabularyToText(original));
        const rebuilt = vocabularyFromText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
        expect(contents(rebuilt)).toEqual(contents(original));
      }),
    );
  });

  it.each([
    ["the last line without its end", "a\t2\nb\t1"],
    ["lines of Windows", "a\t2\r\nb\t1\r\n"],
  ])("vocabularyFromText(text) reads %s", (_, text) => {
    expect(contents(vocabularyFromText(text))).toEqual({
      size: 2,
      unknownId: undefined,
      reserved: [],
      tokens: ["a", "b"],
      frequencies: [2, 1],
    });
  });

  it.each([
    ["", "tokens must hold at least one, got none"],
    ["a\n", "the second column must be a frequency, got none in line 1"],
    ["a\t1\nb\n", "the second column must be a frequency, got none in line 2"],
    ["a\t1\n\nb\t1\n", "the second column must be a frequency, got none in line 2"],
    ["a\tb\n", 'the second column must be a frequency, got "b" in line 1'],
    ["a\t-1\n", 'the second column must be a frequency, got "-1" in line 1'],
    ["a\t1.5\n", 'the second column must be a frequency, got "1.5" in line 1'],
    ["a\t1\tspecial\n", 'the third column must be unknown or reserved, got "special" in line 1'],
    ["a\t1\treserved\t\n", 'a line must have two or three columns, got "a\\t1\\treserved\\t" in line 1'],
    ["a\t1\tunknown\nb\t1\tunknown\n", 'one token must be unknown, got "b" in line 2'],
    ["a\\\t1\n", 'a backslash must begin \\\\ \\n \\r \\t or \\u0000, got "a\\\\" in line 1'],
    ["\\d\t1\n", 'a backslash must begin \\\\ \\n \\r \\t or \\u0000, got "\\\\d" in line 1'],
    ["\\u12\t1\n", 'a backslash must begin \\\\ \\n \\r \\t or \\u0000, got "\\\\u12" in line 1'],
    ["a\t1\na\t1\n", 'tokens must be distinct, got "a" again at position 1'],
  ])("vocabularyFromText(%j) throws a RangeError", (text, message) => {
    expect(() => vocabularyFromText(text)).toThrow(new RangeError(`vocabularyFromText: ${message}`));
  });

  it("vocabularyFromText(bytes) throws a TypeError", () => {
    expect(() => vocabularyFromText(new Uint8Array(1) as unknown as string)).toThrow(
      new TypeError("vocabularyFromText: text must be a string, got object"),
    );
  });
});
