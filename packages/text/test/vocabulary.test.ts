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
    ["unknown among the reserved", ["a"], { reserved: ["<pad>", "<unk>"] }, ["<pad>", "<unk>", "a"], [0, 0, 1]],
    ["no unknown", ["a", "b", "a"], { unknown: null, minFrequency: 2 }, ["a"], [2]],
    ["the rarest left out", ["a", "b", "c", "c"], { maxSize: 3 }, ["<unk>", "c", "a"], [1, 2, 1]],
    ["room for the unknown alone", ["a", "b"], { maxSize: 1 }, ["<unk>"], [2]],
    ["reserved at the end", ["a"], { reserved: ["<pad>"], reservedAt: "end" }, ["a", "<unk>", "<pad>"], [1, 0, 0]],
    [
      "code points, after the frequent were chosen",
      ["b", "c", "b", "a", "a"],
      { ordering: "d2l-1.0", maxSize: 3, reserved: ["bb"] },
      ["<unk>", "b", "bb"],
      [3, 2, 0],
    ],
    ["property names", ["__proto__", "constructor"], {}, ["<unk>", "__proto__", "constructor"], [0, 1, 1]],
  ] as const)("vocabulary(tokens, options) with %s", (_, tokens, options, expected, frequencies) => {
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
    [{ reserved: ["a", "b", "a"] }, 'reserved must be distinct tokens, got "a" twice'],
    [{ reserved: ["<unk>", "<unk>"] }, 'reserved must be distinct tokens, got "<unk>" twice'],
    [{ maxSize: 0 }, "maxSize must be an integer of at least 1, to hold all reserved tokens, got 0"],
    [{ maxSize: 0, unknown: null }, "maxSize must be an integer of at least 1, to hold all reserved tokens, got 0"],
    [{ maxSize: 2.5 }, "maxSize must be an integer of at least 1, to hold all reserved tokens, got 2.5"],
    [
      { maxSize: 2, reserved: ["<pad>", "<bos>"] },
      "maxSize must be an integer of at least 3, to hold all reserved tokens, got 2",
    ],
    [{ ordering: "d2l" as "d2l-1.0" }, "ordering must be d2l-0.17 or d2l-1.0 or torchtext, got d2l"],
    [{ reservedAt: "last" as "end" }, "reservedAt must be start or end, got last"],
    [
      { reservedAt: "end" as const, ordering: "d2l-1.0" as const },
      "reservedAt must be start with the ordering d2l-1.0, which sorts them, got end",
    ],
  ])("vocabulary(tokens, %j) throws a RangeError", (options, message) => {
    expect(() => vocabulary(["a"], options)).toThrow(new RangeError(`vocabulary: ${message}`));
  });

  it.each([
    [[["a"]], "array"],
    [[7], "number"],
    [[undefined], "undefined"],
  ])("vocabulary(%j) throws a TypeError", (tokens, got) => {
    expect(() => vocabulary(tokens as unknown as string[])).toThrow(
      new TypeError(`vocabulary: tokens must be strings, got ${got}`),
    );
  });

  it("vocabulary(text) throws a TypeError: a string is not cut into tokens", () => {
    expect(() => vocabulary("abc")).toThrow(/^vocabulary: tokens must be an iterable of strings, got one string/);
  });

  it("vocabulary(no tokens) throws a RangeError", () => {
    expect(() => vocabulary([])).toThrow(
      new RangeError("vocabulary: tokens must hold at least one, got an empty corpus"),
    );
  });

  it("vocabulary(tokens, { reserved: [7] }) throws a TypeError", () => {
    expect(() => vocabulary(["a"], { reserved: [7 as unknown as string] })).toThrow(
      new TypeError("vocabulary: unknown and reserved tokens must be strings, got number"),
    );
  });
});

describe("Vocabulary", () => {
  const tokenLists = fc.array(fc.oneof(fc.string({ maxLength: 2 }), fc.constantFrom("a", "b", "<unk>", "__proto__")), {
    minLength: 1,
  });
  const orderings = fc.constantFrom("d2l-0.17" as const, "d2l-1.0" as const, "torchtext" as const);
  const vocab = vocabulary(["a", "b", "a"], { reserved: ["<pad>"] });

  it("decode(encode(tokens)) is tokens, with the unknown token where a token was left out", () => {
    fc.assert(
      fc.property(tokenLists, fc.nat({ max: 3 }), orderings, (tokens, minFrequency, ordering) => {
        const made = vocabulary(tokens, { minFrequency, ordering });
        const kept = new Set(made.tokens);
        expect(made.decode(made.encode(tokens))).toEqual(tokens.map((token) => (kept.has(token) ? token : "<unk>")));
      }),
    );
  });

  it("frequencies counts the ids of the encoded text", () => {
    fc.assert(
      fc.property(tokenLists, fc.nat({ max: 3 }), orderings, (tokens, minFrequency, ordering) => {
        const made = vocabulary(tokens, { minFrequency, maxSize: 5, ordering, reserved: ["b", "<pad>"] });
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

  it("has(token) tells a token with an id of its own from one that only the unknown token stands for", () => {
    expect(["<unk>", "<pad>", "a", "z", "__proto__"].map((token) => vocab.has(token))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("idOf and encode throw a RangeError for a token without an id where no token is unknown", () => {
    const closed = vocabulary(["a", "b"], { unknown: null });
    expect(closed.unknownId).toBeUndefined();
    expect([...closed.encode(["b", "a"])]).toEqual([1, 0]);
    expect(() => closed.idOf("z")).toThrow(
      new RangeError('Vocabulary.idOf: token must be in the vocabulary, which has no unknown token, got "z"'),
    );
    expect(() => closed.encode(["a", "z"])).toThrow(
      new RangeError(
        'Vocabulary.encode: each token must be in the vocabulary, which has no unknown token, got "z" at position 1',
      ),
    );
  });

  it.each([
    [["a", 7], "each token must be a string, got number at position 1"],
    [[["a"]], "each token must be a string, got object at position 0"],
    ["ab", "tokens must be an array of strings, got string"],
    [undefined, "tokens must be an array of strings, got undefined"],
  ])("encode(%j) throws a TypeError", (tokens, message) => {
    expect(() => vocab.encode(tokens as string[])).toThrow(new TypeError(`Vocabulary.encode: ${message}`));
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
