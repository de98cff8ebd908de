import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characters, vocabulary, vocabularyFromJSON, vocabularyToJSON, words } from "../src/index.ts";

const saved = vocabularyToJSON(vocabulary(["b", "a", "b"], { reserved: ["<pad>"] }), words);

describe("vocabularyToJSON", () => {
  it("vocabularyToJSON(vocabulary, tokenizer) names the tokenizer and lists the tokens by id", () => {
    expect(saved).toEqual({
      version: 1,
      tokenizer: { name: "words" },
      numReserved: 1,
      tokens: ["<unk>", "<pad>", "b", "a"],
      frequencies: [0, 0, 2, 1],
    });
  });
});

describe("vocabularyFromJSON", () => {
  it("vocabularyFromJSON(vocabularyToJSON(vocabulary, tokenizer)) is both again, through JSON text", () => {
    const tokens = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      fc.constantFrom("__proto__", "constructor", "\ud83d", "\ude00", "\0", ""),
    );
    const lists = fc.array(tokens);
    const reservedLists = fc.uniqueArray(tokens.filter((token) => token !== "?"));
    fc.assert(
      fc.property(lists, reservedLists, fc.constantFrom(characters, words), (list, reserved, tokenizer) => {
        const original = vocabulary(list, { reserved, unknown: "?", minFrequency: 2 });
        const text = JSON.stringify(vocabularyToJSON(original, tokenizer));
        const rebuilt = vocabularyFromJSON(JSON.parse(text));
        expect(rebuilt.tokenizer).toBe(tokenizer);
        expect({ ...rebuilt.vocabulary }).toMatchObject({
          size: original.size,
          unknownId: original.unknownId,
          tokens: original.tokens,
          reserved: original.reserved,
          frequencies: original.frequencies,
        });
        expect(rebuilt.vocabulary.encode(list)).toEqual(original.encode(list));
        expect(JSON.stringify(vocabularyToJSON(rebuilt.vocabulary, rebuilt.tokenizer))).toBe(text);
      }),
    );
  });

  it("vocabularyFromJSON(json) takes the name alone of a tokenizer without settings", () => {
    expect(vocabularyFromJSON({ ...saved, tokenizer: "words" }).tokenizer).toBe(words);
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
    ["no version", {}, RangeError, "version must be 1, got undefined"],
    ["a later version", { ...saved, version: 2 }, RangeError, "version must be 1, got 2"],
    [
      "no tokenizer",
      { ...saved, tokenizer: undefined },
      TypeError,
      "tokenizer must be a name or an object that has one, got undefined",
    ],
    ["no name", { ...saved, tokenizer: {} }, TypeError, "tokenizer must be a name or an object that has one, got {}"],
    ["no tokens", { ...saved, tokens: [] }, TypeError, "tokens must be a non-empty array of strings, got []"],
    ["a numeric token", { ...saved, tokens: ["a", 7] }, TypeError, 'non-empty array of strings, got ["a",7]'],
    ["a repeated token", { ...saved, tokens: ["a", "b", "b", "c"] }, TypeError, 'tokens must be distinct, got "b"'],
    ["too many reserved", { ...saved, numReserved: 4 }, TypeError, "numReserved must be an integer from 0 to 3, got 4"],
    ["reserved -1", { ...saved, numReserved: -1 }, TypeError, "numReserved must be an integer from 0 to 3, got -1"],
    ["few frequencies", { ...saved, frequencies: [1] }, TypeError, "frequencies must be an array of 4 non-negative"],
    ["a negative frequency", { ...saved, frequencies: [1, 1, 1, -1] }, TypeError, "got [1,1,1,-1]"],
  ])("vocabularyFromJSON(json) says what is wrong with %s", (_, json, error, message) => {
    expect(() => vocabularyFromJSON(json)).toThrow(error);
    expect(() => vocabularyFromJSON(json)).toThrow(/^vocabularyFromJSON: /);
    expect(() => vocabularyFromJSON(json)).toThrow(message);
  });

  it("vocabularyFromJSON(json) throws a RangeError for a tokenizer that this package does not have", () => {
    expect(() => vocabularyFromJSON({ ...saved, tokenizer: "bytes" })).toThrow(RangeError);
  });
});
