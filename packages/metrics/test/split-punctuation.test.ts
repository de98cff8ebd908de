import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitPaddedPunctuation, splitPunctuation } from "../src/split-punctuation.ts";

describe("splitPaddedPunctuation", () => {
  it("splitPaddedPunctuation(text) is splitPunctuation of the text between spaces", () => {
    const unit = fc.constantFrom(...".,-' !5a\u00e9\u00a0\u200b\ud83d\ude00&\\[]`~\n\x85".split(""));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        expect(splitPaddedPunctuation(text)).toEqual(splitPunctuation(` ${text} `));
      }),
      { seed: 27, numRuns: 3000 },
    );
  });

  it.each([
    ["", []],
    [".", ["."]],
    ["5.", ["5", "."]],
    ["5-", ["5", "-"]],
    ["x-", ["x-"]],
    ["well-known", ["well-known"]],
    ["1,000.5", ["1,000.5"]],
    ["a.b", ["a", ".", "b"]],
    ["don't!", ["don't", "!"]],
  ])("splitPaddedPunctuation(%j) is %j", (text, tokens) => {
    expect(splitPaddedPunctuation(text)).toEqual(tokens);
  });
});
