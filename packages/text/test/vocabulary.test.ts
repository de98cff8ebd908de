import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characters, tokenFrequencies, vocabulary, words } from "../src/index.ts";

interface Case {
  readonly token: "word" | "char";
  readonly minFrequency: number;
  readonly reserved: readonly string[];
  readonly tokens: readonly string[];
  readonly frequencies: readonly (readonly [token: string, frequency: number])[];
  readonly ids: readonly (readonly number[])[];
}

const { source, cases } = golden<{ readonly lines: readonly string[]; readonly vocabularies: readonly Case[] }>(
  import.meta.url,
  "d2l",
);

describe("vocabulary", () => {
  it.each(cases.vocabularies)(
    `vocabulary($token tokens, { minFrequency: $minFrequency, reserved: $reserved }) equals ${source}`,
    ({ token, minFrequency, reserved, tokens, frequencies, ids }) => {
      const tokenizer = token === "char" ? characters : words;
      const lines = cases.lines.map((line) => tokenizer.encode(line));
      const vocab = vocabulary(lines.flat(), { minFrequency, reserved });
      expect(vocab.tokens).toEqual(tokens);
      expect(vocab.size).toBe(tokens.length);
      expect(vocab.reserved).toEqual(reserved);
      expect(tokenFrequencies(lines.flat())).toEqual(frequencies);
      expect(lines.map((line) => [...vocab.encode(line)])).toEqual(ids);
    },
  );

  it.each([
    ["no tokens", [], {}, ["<unk>"], [0]],
    ["ties in first-seen order", ["b", "a", "c", "a"], {}, ["<unk>", "a", "b", "c"], [0, 2, 1, 1]],
    ["all tokens rare", ["a", "b"], { minFrequency: 2 }, ["<unk>"], [2]],
    ["minFrequency 0", ["a"], { minFrequency: 0 }, ["<unk>", "a"], [0, 1]],
    ["unknown in the text", ["<unk>", "a", "<unk>"], {}, ["<unk>", "a"], [2, 1]],
    [
      "rare reserved",
      ["<pad>", "a", "a"],
      { minFrequency: 2, reserved: ["<pad>"] },
      ["<unk>", "<pad>", "a"],
      [0, 1, 2],
    ],
    ["another unknown", ["a"], { unknown: "[UNK]" }, ["[UNK]", "a"], [0, 1]],
    ["property names", ["__proto__", "constructor"], {}, ["<unk>", "__proto__", "constructor"], [0, 1, 1]],
  ])("vocabulary(tokens, options) with %s", (_, tokens, options, expected, frequencies) => {
    const vocab = vocabulary(tokens, options);
    expect(vocab.tokens).toEqual(expected);
    expect(vocab.frequencies).toEqual(frequencies);
  });

  it("vocabulary(tokens) reads any iterable once", () => {
    function* tokens() {
      yield "b";
      yield "a";
      yield "b";
    }
    expect(vocabulary(tokens()).tokens).toEqual(["<unk>", "b", "a"]);
  });

  it("vocabulary(tokens) is immutable, and independent of the arrays it was made from", () => {
    const reserved = ["<pad>"];
    const vocab = vocabulary(["a"], { reserved });
    reserved[0] = "<bos>";
    expect(vocab.reserved).toEqual(["<pad>"]);
    for (const array of [vocab.tokens, vocab.frequencies, vocab.reserved]) expect(Object.isFrozen(array)).toBe(true);
  });

  it.each([
    [{ minFrequency: -1 }, "minFrequency must not be negative, got -1"],
    [{ minFrequency: NaN }, "minFrequency must not be negative, got NaN"],
    [{ reserved: ["a", "a"] }, 'unknown and reserved must be distinct tokens, got ["<unk>","a","a"]'],
    [{ reserved: ["<unk>"] }, 'unknown and reserved must be distinct tokens, got ["<unk>","<unk>"]'],
  ])("vocabulary(tokens, %j) throws a RangeError", (options, message) => {
    expect(() => vocabulary(["a"], options)).toThrow(new RangeError(`vocabulary: ${message}`));
  });

  it.each([
    [[["a"]], "array"],
    [[7], "number"],
    [[undefined], "undefined"],
  ])("vocabulary(%j) throws a TypeError", (tokens, got) => {
    expect(() => vocabulary(tokens as unknown as string[])).toThrow(
      new TypeError(`tokenFrequencies: tokens must be strings, got ${got}`),
    );
  });
});

describe("Vocabulary", () => {
  const tokenLists = fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom("a", "b", "<unk>", "__proto__")));
  const vocab = vocabulary(["a", "b", "a"], { reserved: ["<pad>"] });

  it("decode(encode(tokens)) is tokens, with the unknown token where a token was left out", () => {
    fc.assert(
      fc.property(tokenLists, fc.nat({ max: 3 }), (tokens, minFrequency) => {
        const made = vocabulary(tokens, { minFrequency });
        const kept = new Set(made.tokens);
        expect(made.decode(made.encode(tokens))).toEqual(tokens.map((token) => (kept.has(token) ? token : "<unk>")));
      }),
    );
  });

  it("frequencies counts the ids of the encoded text", () => {
    fc.assert(
      fc.property(tokenLists, fc.nat({ max: 3 }), (tokens, minFrequency) => {
        const made = vocabulary(tokens, { minFrequency, reserved: ["b", "<pad>"] });
        const counted = made.tokens.map(() => 0);
        for (const id of made.encode(tokens)) counted[id]!++;
        expect(made.frequencies).toEqual(counted);
      }),
    );
  });

  it("idOf(tokenOf(id)) is id, and tokens[id] is tokenOf(id)", () => {
    for (let id = 0; id < vocab.size; id++) {
      expect(vocab.idOf(vocab.tokenOf(id))).toBe(id);
      expect(vocab.tokens[id]).toBe(vocab.tokenOf(id));
    }
  });

  it.each(["z", "", "toString"])("idOf(%j) and encode of it are unknownId", (token) => {
    expect(vocab.idOf(token)).toBe(vocab.unknownId);
    expect([...vocab.encode([token])]).toEqual([vocab.unknownId]);
  });

  it("encode([]) and decode([]) are empty", () => {
    expect(vocab.encode([])).toEqual(new Int32Array(0));
    expect(vocab.decode(new Int32Array(0))).toEqual([]);
  });

  it.each([-1, 4, 1.5, NaN])("tokenOf(%s) and decode of it throw a RangeError", (id) => {
    expect(() => vocab.tokenOf(id)).toThrow(
      new RangeError(`Vocabulary.tokenOf: id must be an integer from 0 to 3, got ${id}`),
    );
    expect(() => vocab.decode([0, id])).toThrow(
      new RangeError(`Vocabulary.decode: ids must be integers from 0 to 3, got ${id} at position 1`),
    );
  });
});
