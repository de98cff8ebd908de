import { sharedFile } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  lettersOnlyLines,
  ngramCounter,
  ngramFrequencies,
  outOfVocabulary,
  tokenCounter,
  tokenFrequencies,
  vocabulary,
  words,
  zipf,
} from "../src/index.ts";

const tokenLists = fc.array(fc.constantFrom("a", "b", "c", "__proto__"));

describe("ngramFrequencies", () => {
  it.each([
    [1, [["a"], 3], [["b"], 2]],
    [2, [["a", "b"], 2], [["b", "a"], 2]],
    [3, [["a", "b", "a"], 2], [["b", "a", "b"], 1]],
    [5, [["a", "b", "a", "b", "a"], 1]],
    [6],
  ])(
    "ngramFrequencies(a b a b a, { order: %i }) lists the most frequent first, then the first seen",
    (order, ...table) => {
      expect(ngramFrequencies(["a", "b", "a", "b", "a"], { order })).toEqual(table);
    },
  );

  it("ngramFrequencies(tokens, { order: 1 }) is tokenFrequencies(tokens)", () => {
    fc.assert(
      fc.property(tokenLists, (tokens) => {
        const table = ngramFrequencies(tokens, { order: 1 }).map(([[token], frequency]) => [token, frequency]);
        expect(table).toEqual(tokenFrequencies(tokens));
      }),
    );
  });

  it("ngramFrequencies(tokens, { order }) counts what joined n-grams count", () => {
    fc.assert(
      fc.property(tokenLists, fc.integer({ min: 1, max: 4 }), (tokens, order) => {
        const joined = tokens.slice(order - 1).map((_, i) => tokens.slice(i, i + order).join(" "));
        const table = ngramFrequencies(tokens, { order }).map(([ngram, frequency]) => [ngram.join(" "), frequency]);
        expect(table).toEqual(tokenFrequencies(joined));
      }),
    );
  });
});

describe("ngramCounter", () => {
  it("counts parts as the whole, and nothing across the end of a sequence", () => {
    fc.assert(
      fc.property(fc.array(fc.array(tokenLists)), fc.integer({ min: 1, max: 4 }), (sequences, order) => {
        const counter = ngramCounter({ order });
        const expected = tokenCounter();
        for (const parts of sequences) {
          for (const part of parts) counter.add(part);
          counter.endSequence();
          const whole = parts.flat();
          expected.add(whole.slice(order - 1).map((_, i) => whole.slice(i, i + order).join(" ")));
        }
        expect(counter.total).toBe(expected.total);
        expect(counter.size).toBe(expected.size);
        expect(Array.from(counter, ([ngram, count]) => [ngram.join(" "), count])).toEqual([...expected]);
        for (const [ngram, count] of counter) expect(counter.countOf(ngram)).toBe(count);
      }),
    );
  });

  it("countOf(ngram) is 0 for what was not seen, also where its parts were", () => {
    const counter = ngramCounter({ order: 2 });
    counter.add(["a", "b", "c"]);
    expect(
      [
        ["a", "b"],
        ["b", "a"],
        ["a", "c"],
        ["z", "a"],
        ["a", "z"],
      ].map((ngram) => counter.countOf(ngram)),
    ).toEqual([1, 0, 0, 0, 0]);
    expect(() => counter.countOf(["a"])).toThrow(
      new RangeError("NgramCounter.countOf: ngram must have 2 tokens, got 1"),
    );
  });

  it.each([0, -1, 1.5, NaN])("ngramCounter({ order: %s }) throws a RangeError", (order) => {
    expect(() => ngramCounter({ order })).toThrow(
      new RangeError(`ngramCounter: order must be a positive integer, got ${order}`),
    );
  });

  it.each(["abc", [["a"]], [7]])("add(%j) throws a TypeError", (tokens) => {
    expect(() => ngramCounter({ order: 2 }).add(tokens as unknown as string[])).toThrow(TypeError);
  });
});

describe("zipf", () => {
  it("zipf(frequencies) of a power law finds the law", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 3, noNaN: true }), fc.integer({ min: 2, max: 200 }), (exponent, size) => {
        const law = Array.from({ length: size }, (_, i) => 1000 / (i + 1) ** exponent);
        const found = zipf([...law].reverse());
        expect(found.exponent).toBeCloseTo(exponent, 8);
        expect(found.constant).toBeCloseTo(1000, 5);
        expect([...found.frequencies]).toEqual(law);
      }),
    );
  });

  it("zipf(frequencies) fits as numpy 2.4.6 polyfit(log(rank), log(frequency), 1) does", () => {
    const { exponent, constant, frequencies } = zipf([3, 0, 10, 7, 1, 1]);
    expect([...frequencies]).toEqual([10, 7, 3, 1, 1]);
    expect(exponent).toBeCloseTo(1.5871946863686144, 12);
    expect(constant).toBeCloseTo(13.318549958061498, 12);
  });

  it("zipf([frequency]) has no exponent", () => {
    expect(zipf([4])).toEqual({ frequencies: Float64Array.of(4), exponent: NaN, constant: 4 });
  });

  it.each([
    [[], "frequencies must hold one above 0, got an empty corpus"],
    [[0, 0], "frequencies must hold one above 0, got an empty corpus"],
    [[2, -1], "frequencies must be non-negative numbers, got -1"],
    [[2, NaN], "frequencies must be non-negative numbers, got NaN"],
    [[Infinity], "frequencies must be non-negative numbers, got Infinity"],
  ])("zipf(%j) throws a RangeError", (frequencies, message) => {
    expect(() => zipf(frequencies)).toThrow(new RangeError(`zipf: ${message}`));
  });
});

describe("outOfVocabulary", () => {
  const vocab = vocabulary(["a", "a", "b"], { reserved: ["<pad>"], minFrequency: 2 });

  it.each([
    [["a"], [1, 0, 0, 1, 0, 0]],
    [
      ["a", "b", "a", "c"],
      [4, 2, 0.5, 3, 2, 2 / 3],
    ],
    [
      ["<unk>", "<pad>"],
      [2, 1, 0.5, 2, 1, 0.5],
    ],
    [["z"], [1, 1, 1, 1, 1, 1]],
  ])("outOfVocabulary(counts of %j) counts tokens and types", (tokens, expected) => {
    expect(Object.values(outOfVocabulary(tokenFrequencies(tokens), vocab))).toEqual(expected);
  });

  it("outOfVocabulary(counts) is the part of encoded ids that are unknown", () => {
    fc.assert(
      fc.property(
        tokenLists.filter((tokens) => tokens.length > 0),
        (tokens) => {
          const counter = tokenCounter();
          counter.add(tokens);
          const numUnknown = vocab.encode(tokens).filter((id) => id === vocab.unknownId).length;
          expect(outOfVocabulary(counter, vocab).rate).toBe(numUnknown / tokens.length);
        },
      ),
    );
  });

  it("outOfVocabulary(counts) of a vocabulary without an unknown token counts what it would refuse", () => {
    expect(
      outOfVocabulary(
        [
          ["a", 3],
          ["z", 1],
        ],
        vocabulary(["a"], { unknown: null }),
      ).rate,
    ).toBe(0.25);
  });

  it("outOfVocabulary(no counts) throws a RangeError", () => {
    expect(() => outOfVocabulary([], vocab)).toThrow(
      new RangeError("outOfVocabulary: counts must hold at least one token, got an empty corpus"),
    );
  });
});

const book = sharedFile("data/timemachine.txt");

// The numbers that d2l prints for the book, or that follow from what it prints.
describe.skipIf(!book.isPresent)(`statistics of the Time Machine (skipped when ${book.reason})`, () => {
  const tokens = book.isPresent ? words.encode(lettersOnlyLines(book.text()).join("\n")) : [];

  it("ngramFrequencies(words, { order }) has 20234 pairs and 29882 triples", () => {
    const pairs = ngramFrequencies(tokens, { order: 2 });
    const triples = ngramFrequencies(tokens, { order: 3 });
    expect([pairs.length, triples.length]).toEqual([20_234, 29_882]);
    expect(pairs[0]).toEqual([["of", "the"], 309]);
    expect(triples[0]).toEqual([["the", "time", "traveller"], 59]);
  });

  it("zipf(frequencies of words) falls more steeply than that of pairs and triples", () => {
    const [one, two, three] = [1, 2, 3].map((order) =>
      zipf(ngramFrequencies(tokens, { order }).map(([, frequency]) => frequency)),
    );
    expect(one!.frequencies.slice(0, 5)).toEqual(Float64Array.of(2261, 1267, 1245, 1155, 816));
    expect(one!.exponent).toBeGreaterThan(two!.exponent);
    expect(two!.exponent).toBeGreaterThan(three!.exponent);
  });
});
