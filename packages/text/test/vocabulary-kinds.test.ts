import { golden, sharedFile } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bytes,
  characters,
  encodeCorpus,
  graphemes,
  growingVocabulary,
  mergeVocabularies,
  regexTokenizer,
  tokenCounter,
  type Tokenizer,
  treebank,
  vocabulary,
  vocabularyFromCounts,
  vocabularyFromList,
  words,
} from "../src/index.ts";
import { contents } from "./any-vocabulary.ts";

interface TorchtextCase {
  readonly options: {
    readonly specials?: readonly string[];
    readonly special_first?: boolean;
    readonly min_freq?: number;
    readonly max_tokens?: number;
  };
  readonly tokens: readonly string[];
}

const { source, cases } = golden<{
  readonly tokens: readonly string[];
  readonly vocabularies: readonly TorchtextCase[];
}>(import.meta.url, "torchtext-vocabulary");

const tokenLists = fc.array(fc.constantFrom("a", "b", "c", "d", "<unk>", "\u{1f600}", "\uffff", "__proto__"));

function torchtextOptions({ specials = [], special_first = true, min_freq = 1, max_tokens }: TorchtextCase["options"]) {
  return {
    ordering: "torchtext" as const,
    unknown: specials.includes("<unk>") ? "<unk>" : null,
    reserved: specials,
    reservedAt: special_first ? ("start" as const) : ("end" as const),
    minFrequency: min_freq,
    ...(max_tokens === undefined ? {} : { maxSize: max_tokens }),
  };
}

describe('vocabulary with the ordering "torchtext"', () => {
  it.each(cases.vocabularies)(`vocabulary(tokens, $options) equals ${source}`, ({ options, tokens }) => {
    expect(vocabulary(cases.tokens, torchtextOptions(options)).tokens).toEqual(tokens);
  });

  const file = sharedFile("reference/torchtext.json");
  interface Built {
    readonly op: string;
    readonly iterator: readonly (readonly string[])[];
    readonly params: TorchtextCase["options"];
    readonly expected_itos?: readonly string[];
  }
  const built = file.isPresent ? (JSON.parse(file.text()).vocab as readonly Built[]) : [];

  it.skipIf(!file.isPresent)(`equals torchtext's own tests (skipped when ${file.reason})`, () => {
    const tables = built.filter(({ op, expected_itos }) => op === "build_vocab_from_iterator" && expected_itos);
    expect(tables).toHaveLength(7);
    for (const { iterator, params, expected_itos } of tables) {
      expect(vocabulary(iterator.flat(), torchtextOptions(params)).tokens).toEqual(expected_itos);
    }
  });
});

describe('vocabulary with the ordering "d2l-1.0"', () => {
  it("sorts by code points as Python does, not by UTF-16 units", () => {
    const tokens = ["\u{1f600}", "\uffff", "\ue000", "\ud83d", "\ud83da", "\u{1f600}b", "b", "a", "aa", "A", "é"];
    // As printed by CPython's sorted().
    expect(vocabulary(tokens, { ordering: "d2l-1.0" }).tokens).toEqual([
      "<unk>",
      "A",
      "a",
      "aa",
      "b",
      "é",
      "\ud83d",
      "\ud83da",
      "\ue000",
      "\uffff",
      "\u{1f600}",
      "\u{1f600}b",
    ]);
  });

  it("sorts any tokens as their lists of code points", () => {
    const tokens = fc.array(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 3 }), { minLength: 1 });
    fc.assert(
      fc.property(tokens, (units) => {
        const made = vocabulary(
          units.map((each) => String.fromCharCode(...each)),
          { ordering: "d2l-1.0" },
        );
        const points = made.tokens.map((token) => Array.from(token, (each) => each.codePointAt(0)!));
        for (let i = 1; i < points.length; i++) expect(isLess(points[i - 1]!, points[i]!)).toBe(true);
      }),
    );
  });

  function isLess(left: readonly number[], right: readonly number[]): boolean {
    const i = left.findIndex((point, at) => point !== right[at]);
    return i < 0 ? left.length < right.length : i >= right.length ? false : left[i]! < right[i]!;
  }
});

describe("tokenCounter", () => {
  it("counts parts, and vocabularyFromCounts of it is the vocabulary of the whole", () => {
    fc.assert(
      fc.property(
        fc.array(tokenLists),
        fc.constantFrom("d2l-0.17" as const, "torchtext" as const),
        (parts, ordering) => {
          const whole = parts.flat();
          fc.pre(whole.length > 0);
          const [counter, second] = [tokenCounter(), tokenCounter()];
          parts.forEach((part, i) => (i < 2 ? counter : second).add(part));
          counter.addCounts(second);
          expect(counter.total).toBe(whole.length);
          expect(counter.size).toBe(new Set(whole).size);
          expect(counter.countOf("a")).toBe(whole.filter((token) => token === "a").length);
          const options = { minFrequency: 2, ordering };
          expect(contents(vocabularyFromCounts(counter, options))).toEqual(contents(vocabulary(whole, options)));
        },
      ),
    );
  });

  it("has counted nothing at first", () => {
    const counter = tokenCounter();
    expect([counter.total, counter.size, counter.countOf("a")]).toEqual([0, 0, 0]);
  });

  it.each([0, -1, 1.5, NaN, Infinity])("addCounts([[token, %s]]) throws a RangeError", (count) => {
    expect(() => tokenCounter().addCounts([["a", count]])).toThrow(
      new RangeError(`TokenCounter.addCounts: counts must be positive integers, got ${count} of "a"`),
    );
  });

  it("add of what is no list of strings throws a TypeError", () => {
    expect(() => tokenCounter().add([["a"]] as unknown as string[])).toThrow(
      new TypeError("TokenCounter.add: tokens must be strings, got array"),
    );
    expect(() => tokenCounter().add("abc")).toThrow(TypeError);
  });
});

describe("vocabularyFromCounts", () => {
  it("vocabularyFromCounts(counts) adds up the counts of one token", () => {
    expect(
      vocabularyFromCounts([
        ["a", 1],
        ["b", 2],
        ["a", 2],
      ]).frequencies,
    ).toEqual([0, 3, 2]);
  });

  it("vocabularyFromCounts(no counts) throws a RangeError", () => {
    expect(() => vocabularyFromCounts([])).toThrow(
      new RangeError("vocabularyFromCounts: counts must hold at least one token, got an empty corpus"),
    );
  });
});

describe("vocabularyFromList", () => {
  it("vocabularyFromList(tokens, options) gives each token its place as its id", () => {
    const vocab = vocabularyFromList(["[PAD]", "a", "[UNK]"], { unknown: "[UNK]", reserved: ["[PAD]"] });
    expect(contents(vocab)).toEqual({
      size: 3,
      unknownId: 2,
      reserved: ["[PAD]"],
      tokens: ["[PAD]", "a", "[UNK]"],
      frequencies: [0, 0, 0],
    });
    expect([...vocab.encode(["a", "b"])]).toEqual([1, 2]);
  });

  it.each([
    [[], {}, RangeError, "tokens must hold at least one, got none"],
    [["a", "a"], {}, RangeError, 'tokens must be distinct, got "a" again at position 1'],
    [["a"], { unknown: "<unk>" }, RangeError, 'tokens must hold the unknown and reserved ones, got no "<unk>"'],
    [["a"], { reserved: ["a", "a"] }, RangeError, 'reserved must be distinct tokens, got "a" twice'],
    [["a"], { frequencies: [1, 2] }, RangeError, "frequencies must have the length of tokens, 1, got 2"],
    [["a"], { frequencies: [0.5] }, RangeError, "frequencies must be non-negative integers, got 0.5"],
    [["a", 7], {}, TypeError, "tokens must be strings, got number at position 1"],
    ["ab", {}, TypeError, "tokens must be an array, got string"],
  ])("vocabularyFromList(%j, %j) throws", (tokens, options, error, message) => {
    expect(() => vocabularyFromList(tokens as string[], options)).toThrow(new error(`vocabularyFromList: ${message}`));
  });
});

describe("growingVocabulary", () => {
  it("encode gives new tokens the next ids, and freeze() ends that", () => {
    const growing = growingVocabulary(vocabulary(["a"], { reserved: ["<pad>"] }));
    expect([...growing.encode(["b", "a", "b", "c"])]).toEqual([3, 2, 3, 4]);
    const frozen = growing.freeze();
    expect([...growing.encode(["d"])]).toEqual([5]);
    expect([growing.size, growing.has("d"), growing.has("e")]).toEqual([6, true, false]);
    expect(contents(frozen)).toEqual({
      size: 5,
      unknownId: 0,
      reserved: ["<pad>"],
      tokens: ["<unk>", "<pad>", "a", "b", "c"],
      frequencies: [0, 0, 2, 2, 1],
    });
    expect([...frozen.encode(["d", "c"])]).toEqual([0, 4]);
  });

  it("decode(encode(tokens)) is tokens, and frozen frequencies count what was encoded", () => {
    fc.assert(
      fc.property(fc.array(tokenLists), (parts) => {
        const growing = growingVocabulary();
        for (const part of parts) expect(growing.decode(growing.encode(part))).toEqual(part);
        const frozen = growing.freeze();
        const counted = frozen.tokens.map(() => 0);
        for (const id of frozen.encode(parts.flat())) counted[id]!++;
        expect(frozen.frequencies).toEqual(counted);
      }),
    );
  });

  it("refuses what is no string, and ids that it has not given", () => {
    const growing = growingVocabulary();
    expect(() => growing.encode(["a", 7 as unknown as string])).toThrow(
      new TypeError("GrowingVocabulary.encode: tokens must be strings, got number"),
    );
    expect(() => growing.decode([0, 9])).toThrow(
      new RangeError("GrowingVocabulary.decode: ids must be integers from 0 to 1, got 9 at position 1"),
    );
  });
});

describe("mergeVocabularies", () => {
  it("mergeVocabularies(first, second) keeps the ids of the first and appends what is new", () => {
    const first = vocabulary(["b", "a", "b"], { reserved: ["<pad>"] });
    const second = vocabulary(["c", "c", "b", "d"], { minFrequency: 2, reserved: ["<bos>"], unknown: "[UNK]" });
    expect(contents(mergeVocabularies(first, second))).toEqual({
      size: 6,
      unknownId: 0,
      reserved: ["<pad>", "<bos>"],
      tokens: ["<unk>", "<pad>", "b", "a", "<bos>", "c"],
      frequencies: [2, 0, 2, 1, 0, 2],
    });
  });

  it("mergeVocabularies(first) is the first, and of several holds the frequencies of all", () => {
    fc.assert(
      fc.property(
        fc.array(
          tokenLists.filter((list) => list.length > 0),
          { minLength: 1 },
        ),
        (lists) => {
          const parts = lists.map((list) => vocabulary(list));
          const [first, ...others] = parts;
          const merged = mergeVocabularies(first!, ...others);
          expect(contents(mergeVocabularies(first!))).toEqual(contents(first!));
          expect(merged.tokens.slice(0, first!.size)).toEqual(first!.tokens);
          const whole = vocabulary(lists.flat());
          for (const [id, token] of merged.tokens.entries()) {
            expect(merged.frequencies[id]).toBe(whole.frequencies[whole.idOf(token)]);
          }
          expect(merged.size).toBe(whole.size);
        },
      ),
    );
  });
});

describe("encodeCorpus", () => {
  const pieces = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
    fc.constantFrom(" ", "\t", "\x1c", "\x85", "\u3000", "\u200a", "a", "a b", "costarring liquid", "\ud83d", "\ude00"),
  );
  const anyTexts = fc.array(fc.array(pieces).map((parts) => parts.join("")));

  it("encodeCorpus(texts, options) is vocabulary(tokens, options) and its encode(tokens), for any texts", () => {
    const tokenizers = fc.constantFrom(characters, words, graphemes, bytes, treebank, regexTokenizer(/\w+/u));
    const options = fc.record({
      minFrequency: fc.nat({ max: 3 }),
      ordering: fc.constantFrom("d2l-0.17" as const, "d2l-1.0" as const, "torchtext" as const),
      reserved: fc.constantFrom([], ["a", "<pad>"], ["<pad>", "<unk>"]),
    });
    fc.assert(
      fc.property(anyTexts, tokenizers, options, (texts, tokenizer, given) => {
        const tokens = texts.flatMap((text) => tokenizer.encode(text));
        fc.pre(tokens.length > 0);
        const expected = vocabulary(tokens, given);
        const { ids, vocabulary: made } = encodeCorpus(texts, { tokenizer, ...given });
        expect(contents(made)).toEqual(contents(expected));
        expect(ids).toEqual(expected.encode(tokens));
      }),
      { numRuns: 300 },
    );
  });

  it.each([characters, words])(
    "encodeCorpus(texts, { tokenizer: $name }) encodes as by a tokenizer that it does not know",
    (tokenizer) => {
      const unknown = { ...tokenizer };
      fc.assert(
        fc.property(anyTexts, (texts) => {
          const attempt = (by: Tokenizer) => {
            try {
              const { ids, vocabulary: made } = encodeCorpus(texts, { tokenizer: by });
              return { ids, ...contents(made) };
            } catch (error) {
              return error;
            }
          };
          expect(attempt(tokenizer)).toEqual(attempt(unknown));
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each([characters, words])(
    "encodeCorpus(long texts, { tokenizer: $name }) cuts nothing where it goes on with the next part",
    (tokenizer) => {
      // Texts are taken in parts of 2048 units, a longer word in parts twice and four times as long.
      for (const length of [2046, 2047, 2048, 2049, 4095, 4096, 4097, 9000]) {
        for (const unit of ["w", "\u00e9", "\u4e2d", "\ud83d", "\ude00"]) {
          const texts = [
            `${unit.repeat(length)} a ${unit.repeat(length)}`,
            `${"a ".repeat(length >> 1)}${unit}b\u3000\u{1f600}${"  c".repeat(length)} `,
            `${"x".repeat(length - 1)}\u{1f600} \0 ${" ".repeat(length)}\ud83d`,
          ];
          const { ids, vocabulary: made } = encodeCorpus(texts, { tokenizer });
          const expected = vocabulary(texts.flatMap((text) => tokenizer.encode(text)));
          expect(contents(made)).toEqual(contents(expected));
          expect(made.decode(ids)).toEqual(texts.flatMap((text) => tokenizer.encode(text)));
        }
      }
    },
  );

  it.each([characters, words])(
    "encodeCorpus([what is no string], { tokenizer: $name }) throws its TypeError",
    (tokenizer) => {
      for (const text of [undefined, null, 7, ["a"], { length: 1 }]) {
        expect(() => encodeCorpus(["a", text as string], { tokenizer })).toThrow(
          new TypeError(`${tokenizer.name}.encode: text must be a string, got ${text === null ? "null" : typeof text}`),
        );
      }
    },
  );

  it("encodeCorpus(texts, { unknown: null }) throws a RangeError for a token that the vocabulary leaves out", () => {
    expect(() => encodeCorpus(["a b a"], { tokenizer: words, unknown: null, minFrequency: 2 })).toThrow(
      new RangeError('encodeCorpus: each token must be in the vocabulary, which has no unknown token, got "b"'),
    );
  });

  it("encodeCorpus(texts) grows with the corpus", () => {
    const { ids } = encodeCorpus(["a".repeat(3000), "b".repeat(3000), "c".repeat(50_000)], { tokenizer: characters });
    expect(ids).toHaveLength(56_000);
    expect([ids[2999], ids[3000], ids[6000], ids.at(-1)]).toEqual([2, 3, 1, 1]);
  });

  it.each([[[]], [["", " "]]])("encodeCorpus(%j) throws a RangeError", (texts) => {
    expect(() => encodeCorpus(texts, { tokenizer: words })).toThrow(
      new RangeError("encodeCorpus: texts must hold at least one token, got an empty corpus"),
    );
  });

  it("encodeCorpus(text) throws a TypeError for one string", () => {
    expect(() => encodeCorpus("abc", { tokenizer: words })).toThrow(/^encodeCorpus: texts must be an iterable/);
  });
});
