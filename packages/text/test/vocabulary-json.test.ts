import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characters, vocabulary, vocabularyFromJSON, vocabularyToJSON, words } from "../src/index.ts";
import { anyVocabulary, contents } from "./any-vocabulary.ts";

const saved = vocabularyToJSON(vocabulary(["b", "a", "b"], { reserved: ["<pad>"] }), words);

describe("vocabularyToJSON", () => {
  it("vocabularyToJSON(vocabulary, tokenizer) names the tokenizer and lists the tokens by id", () => {
    expect(saved).toEqual({
      version: 2,
      tokenizer: { name: "words" },
      unknown: "<unk>",
      reserved: ["<pad>"],
      tokens: ["<unk>", "<pad>", "b", "a"],
      frequencies: [0, 0, 2, 1],
    });
  });
});

describe("vocabularyFromJSON", () => {
  it("vocabularyFromJSON(vocabularyToJSON(vocabulary, tokenizer)) is both again, through JSON text", () => {
    fc.assert(
      fc.property(anyVocabulary, fc.constantFrom(characters, words), (original, tokenizer) => {
        const text = JSON.stringify(vocabularyToJSON(original, tokenizer));
        const rebuilt = vocabularyFromJSON(JSON.parse(text));
        expect(rebuilt.tokenizer).toBe(tokenizer);
        expect(contents(rebuilt.vocabulary)).toEqual(contents(original));
        expect([...rebuilt.vocabulary.encode(original.tokens)]).toEqual(original.tokens.map((_, id) => id));
        expect(JSON.stringify(vocabularyToJSON(rebuilt.vocabulary, rebuilt.tokenizer))).toBe(text);
      }),
    );
  });

  it("vocabularyFromJSON(json, { tokenizers }) finds a tokenizer that is not of this package", () => {
    const own = { ...words, name: "own", toJSON: () => ({ name: "own" }) };
    const json = vocabularyToJSON(vocabulary(["a"]), own);
    expect(vocabularyFromJSON(json, { tokenizers: [own] }).tokenizer).toBe(own);
    expect(() => vocabularyFromJSON(json)).toThrow(RangeError);
  });

  it("vocabularyFromJSON(json) only borrows it", () => {
    const json = { ...saved, tokens: [...saved.tokens] };
    const { vocabulary: rebuilt } = vocabularyFromJSON(json);
    json.tokens[2] = "changed";
    expect(rebuilt.tokens).toEqual(saved.tokens);
  });

  it.each([
    ["null", null, TypeError, "json must be an object, got null"],
    ["an array", [], TypeError, "json must be an object, got []"],
    ["text", "{}", TypeError, 'json must be an object, got "{}"'],
    ["no version", {}, RangeError, "version must be 2, got undefined"],
    ["a later version", { ...saved, version: 3 }, RangeError, "version must be 2, got 3"],
    [
      "no tokenizer",
      { ...saved, tokenizer: undefined },
      TypeError,
      "tokenizer must be an object that has a name, got undefined",
    ],
    ["no name", { ...saved, tokenizer: {} }, TypeError, "tokenizer must be an object that has a name, got {}"],
    ["no tokens", { ...saved, tokens: [] }, TypeError, "tokens must hold at least one, got none"],
    ["a numeric token", { ...saved, tokens: ["a", 7] }, TypeError, 'tokens must be an array of strings, got ["a",7]'],
    [
      "a repeated token",
      { ...saved, tokens: ["<unk>", "<pad>", "b", "b"] },
      TypeError,
      'tokens must be distinct, got "b" again at position 3',
    ],
    [
      "reserved that are no tokens",
      { ...saved, reserved: ["c"] },
      TypeError,
      'tokens must hold the unknown and reserved ones, got no "c"',
    ],
    [
      "reserved twice",
      { ...saved, reserved: ["a", "a"] },
      TypeError,
      'reserved must be distinct tokens, got "a" twice',
    ],
    [
      "no reserved",
      { ...saved, reserved: undefined },
      TypeError,
      "reserved must be an array of strings, got undefined",
    ],
    ["unknown that is no token", { ...saved, unknown: "c" }, TypeError, 'got no "c"'],
    ["no unknown", { ...saved, unknown: undefined }, TypeError, "unknown must be a string or null, got undefined"],
    ["few frequencies", { ...saved, frequencies: [1] }, TypeError, "must have the length of tokens, 4, got 1"],
    ["a negative frequency", { ...saved, frequencies: [1, 1, 1, -1] }, TypeError, "non-negative integers, got -1"],
    ["no frequencies", { ...saved, frequencies: null }, TypeError, "frequencies must be an array of numbers, got null"],
  ])("vocabularyFromJSON(json) says what is wrong with %s", (_, json, error, message) => {
    expect(() => vocabularyFromJSON(json)).toThrow(error);
    expect(() => vocabularyFromJSON(json)).toThrow(/^vocabularyFromJSON: /);
    expect(() => vocabularyFromJSON(json)).toThrow(message);
  });

  it("vocabularyFromJSON(json) throws a RangeError for a tokenizer that this package does not have", () => {
    expect(() => vocabularyFromJSON({ ...saved, tokenizer: { name: "no such" } })).toThrow(RangeError);
  });
});
