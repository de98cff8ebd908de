import { golden, tokenizerContract } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bpe,
  type BPEMerge,
  bpeMergesFromText,
  bpeMergesToText,
  bytes,
  characters,
  graphemes,
  regexTokenizer,
  tokenFrequencies,
  tokenizerFromJSON,
  trainBpe,
  treebank,
  words,
} from "../src/index.ts";

interface Segmentation {
  readonly codes: string;
  readonly words: readonly string[];
  readonly segmented: readonly (readonly string[])[];
}

const { source, cases } = golden<{
  readonly corpora: Readonly<Record<string, readonly string[]>>;
  readonly trained: readonly (Segmentation & {
    readonly corpus: string;
    readonly numMerges: number;
    readonly minFrequency: number;
  })[];
  readonly handMade: readonly (Segmentation & { readonly separator: string })[];
}>(import.meta.url, "subword-nmt");

const MERGES = trainBpe(tokenFrequencies(cases.corpora["many letters"]!), { numMerges: 100 });
const UNLIKELY = "\ue000@@\ue000"; // what random texts do not hold: a word that ends in the separator is joined to the next

tokenizerContract("bpe(merges)", () => bpe(MERGES, { separator: UNLIKELY }));
tokenizerContract("bpe(no merges)", () => bpe([], { separator: UNLIKELY }));

const TILES = regexTokenizer(/ ?\p{L}+| ?\p{N}+/u, { keep: "both" });
const TILE_MERGES = trainBpe(tokenFrequencies(TILES.encode(cases.corpora["many letters"]!.join(" "))), {
  numMerges: 100,
});
tokenizerContract("bpe(merges) over parts that tile the text", () => bpe(TILE_MERGES, { words: TILES, separator: "" }));
tokenizerContract("bpe(merges) over graphemes", () =>
  bpe([["\u0065", "\u0301</w>"]], { words: graphemes, separator: "" }),
);

describe("trainBpe", () => {
  it.each(cases.trained)(
    `trainBpe($corpus, { numMerges: $numMerges, minFrequency: $minFrequency }) equals ${source}`,
    ({ corpus, numMerges, minFrequency, codes }) => {
      const merges = trainBpe(tokenFrequencies(cases.corpora[corpus]!), { numMerges, minFrequency });
      expect(bpeMergesToText(merges)).toBe(codes);
    },
  );

  it("trainBpe(frequencies) takes of equally frequent pairs the greatest, by code points, whatever the order of words", () => {
    const entries = ["ab", "\uffee", "\uffeeb", "\u{10000}b", "b\u{10000}", "b\uffee", "aa"].map(
      (word) => [word, 5] as const,
    );
    const merges = [
      ["\u{10000}", "b</w>"],
      ["\uffee", "b</w>"],
      ["b", "\u{10000}</w>"],
      ["b", "\uffee</w>"],
      ["a", "b</w>"],
      ["a", "a</w>"],
    ];
    expect(trainBpe(entries, { numMerges: 9 })).toEqual(merges);
    expect(trainBpe([...entries].reverse(), { numMerges: 9 })).toEqual(merges);
  });

  it("trainBpe(frequencies) does not depend on the order of words, nor on how often one is listed", () => {
    const entries = fc.array(fc.tuple(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 9 }), fc.nat(4)));
    fc.assert(
      fc.property(entries, (list) => {
        const options = { numMerges: 30, minFrequency: 1 };
        const merges = trainBpe(list, options);
        expect(trainBpe([...list].reverse(), options)).toEqual(merges);
        const repeated = list.flatMap(([word, count]) => Array.from({ length: count }, () => [word, 1] as const));
        expect(trainBpe(repeated, options)).toEqual(merges);
      }),
    );
  });

  it("trainBpe(frequencies) merges, each time, a pair that no other exceeds when all are counted anew", () => {
    const entries = fc.array(fc.tuple(fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 }), fc.nat(9)));
    fc.assert(
      fc.property(entries, (list) => {
        const merges = trainBpe(list, { numMerges: 12, minFrequency: 1 });
        const bestCounts = Array.from({ length: merges.length + 1 }, (_, i) =>
          Math.max(0, ...countedPairs(list, merges.slice(0, i)).values()),
        );
        const counts = merges.map((merge, i) => countedPairs(list, merges.slice(0, i)).get(merge.join(" ")));
        expect(counts).toEqual(bestCounts.slice(0, -1));
        expect(merges.length === 12 || bestCounts.at(-1) === 0).toBe(true);
      }),
    );
  });

  it.each([
    ["no words", [], { numMerges: 5 }],
    ["no merges asked for", [["ab", 9]], { numMerges: 0 }],
    ["words of one character", [["a", 9]], { numMerges: 5 }],
    ["the empty word", [["", 9]], { numMerges: 5 }],
    ["rare words", [["ab", 1]], { numMerges: 5 }],
    ["words that do not occur", [["ab", 0]], { numMerges: 5, minFrequency: 0.1 }],
  ] as const)("trainBpe of %s makes no merge", (_, entries, options) => {
    expect(trainBpe(entries, options)).toEqual([]);
  });

  it.each([
    [[], { numMerges: -1 }, RangeError, "trainBpe: numMerges must be a non-negative integer, got -1"],
    [[], { numMerges: 1.5 }, RangeError, "trainBpe: numMerges must be a non-negative integer, got 1.5"],
    [[], {}, RangeError, "trainBpe: numMerges must be a non-negative integer, got undefined"],
    [[], { numMerges: 1, minFrequency: 0 }, RangeError, "trainBpe: minFrequency must be positive, got 0"],
    [[], { numMerges: 1, minFrequency: NaN }, RangeError, "trainBpe: minFrequency must be positive, got NaN"],
    [[[7, 1]], { numMerges: 1 }, TypeError, "trainBpe: words must be strings, got number"],
    [["ab"], { numMerges: 1 }, RangeError, 'trainBpe: frequencies must be non-negative integers, got b for "a"'],
    [[["a", -1]], { numMerges: 1 }, RangeError, 'trainBpe: frequencies must be non-negative integers, got -1 for "a"'],
  ])("trainBpe(%j, %j) is refused", (entries, options, error, message) => {
    expect(() => trainBpe(entries as [string, number][], options as { numMerges: number })).toThrow(new error(message));
  });
});

describe("bpe", () => {
  it.each(cases.trained)(
    `bpe(merges of $corpus, $numMerges, $minFrequency).encode equals ${source}`,
    ({ codes, words: list, segmented }) => {
      const tokenizer = bpe(bpeMergesFromText(codes));
      expect(list.map((word) => tokenizer.encode(word))).toEqual(segmented);
    },
  );

  it.each(cases.handMade)(
    `bpe(merges in no trained order, { separator: $separator }).encode equals ${source}`,
    ({ codes, separator, words: list, segmented }) => {
      const tokenizer = bpe(bpeMergesFromText(codes), { separator });
      expect(list.map((word) => tokenizer.encode(word))).toEqual(segmented);
      expect(tokenizer.encode(list.join(" "))).toEqual(segmented.flat());
      expect(tokenizer.decode(segmented.flat())).toBe(list.join(" "));
    },
  );

  it("bpe(merges).encode(text) is the same when a word comes again, from the cache or not", () => {
    const list = Array.from({ length: 100_000 }, (_, i) => `w${i % 50_000}`);
    const tokenizer = bpe([
      ["w", "1"],
      ["w1", "2"],
    ]);
    const encoded = tokenizer.encode(list.join(" "));
    expect(tokenizer.decode(encoded)).toBe(list.join(" "));
    expect(encoded.slice(encoded.length / 2)).toEqual(encoded.slice(0, encoded.length / 2));
  });

  it("bpe(merges).encodeWithOffsets(text) says where the subwords lie", () => {
    const tokenizer = bpe([
      ["l", "o"],
      ["lo", "w"],
      ["e", "r</w>"],
    ]);
    expect(tokenizer.encodeWithOffsets("  lower\nlow")).toEqual([
      { token: "low@@", start: 2, end: 5 },
      { token: "er", start: 5, end: 7 },
      { token: "lo@@", start: 8, end: 10 },
      { token: "w", start: 10, end: 11 },
    ]);
  });

  it("bpe(merges, { words }) cuts the words of another tokenizer, which joins them again", () => {
    const tokenizer = bpe([["c", "a</w>"]], { words: treebank });
    expect(tokenizer.encode('"I can\'t"')).toEqual(["`@@", "`", "I", "ca", "n@@", "'@@", "t", "'@@", "'"]);
    expect(tokenizer.decode(tokenizer.encode('"I can\'t"'))).toBe('"I can\'t"');
    expect(tokenizer.encodeWithOffsets('"I can\'t"').map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [0, 1],
      [1, 2],
      [3, 5],
      [5, 6],
      [6, 7],
      [7, 8],
      [8, 9],
      [8, 9],
    ]);
  });

  it("bpe(merges).encode(word) takes a word of a hundred thousand characters in its stride", () => {
    const word = "ab".repeat(50_000);
    const startMs = performance.now();
    const tokens = bpe([
      ["a", "b"],
      ["ab", "ab"],
      ["abab", "abab"],
    ]).encode(word);
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(tokens).toHaveLength(12_503);
  });

  it("bpe(merges, { words, separator: '' }) keeps the white space of lossless words", () => {
    const tokenizer = bpe(
      [
        [" ", "a"],
        [" a", "b</w>"],
      ],
      { words: TILES, separator: "" },
    );
    expect(tokenizer.encode("ab  ab\n")).toEqual(["a", "b", " ", " ab", "\n"]);
    expect(tokenizer.decode(["a", "b", " ", " ab", "\n"])).toBe("ab  ab\n");
  });

  it("bpe(merges).decode(tokens) keeps the start of a word that has no end", () => {
    expect(bpe([]).decode(["a@@", "b", "c@@"])).toBe("ab c");
  });

  it("tokenizerFromJSON(tokenizer.toJSON()) is the tokenizer again, through JSON text", () => {
    for (const inner of [words, characters, treebank, bytes, regexTokenizer(/\s/, { keep: "both" })]) {
      const original = bpe(MERGES, { separator: "_", words: inner });
      const rebuilt = tokenizerFromJSON(JSON.parse(JSON.stringify(original)));
      expect(rebuilt.toJSON()).toEqual(original.toJSON());
      expect(rebuilt.encodeWithOffsets("the rain \u00e9")).toEqual(original.encodeWithOffsets("the rain \u00e9"));
    }
  });

  it("bpe(merges) copies the merges", () => {
    const merges: [string, string][] = [["a", "b</w>"]];
    const tokenizer = bpe(merges);
    merges[0]![0] = "x";
    merges.pop();
    expect(tokenizer.encode("ab")).toEqual(["ab"]);
    expect(tokenizer.toJSON()).toMatchObject({ merges: [["a", "b</w>"]] });
  });

  it.each([
    ["a b", {}, TypeError, "bpe: merges must be an array of pairs, got string"],
    [["ab"], {}, TypeError, 'bpe: merges must be pairs of non-empty strings, got "ab" at position 0'],
    [[["a", "b"], ["a"]], {}, TypeError, 'bpe: merges must be pairs of non-empty strings, got ["a"] at position 1'],
    [[["a", ""]], {}, TypeError, 'bpe: merges must be pairs of non-empty strings, got ["a",""] at position 0'],
    [
      [],
      { separator: "" },
      RangeError,
      'bpe: separator must not be empty where words are not lossless, got "" and words',
    ],
    [[], { separator: 1 }, TypeError, "bpe: separator must be a string, got number"],
  ])("bpe(%j, %j) is refused", (merges, options, error, message) => {
    expect(() => bpe(merges as unknown as BPEMerge[], options as object)).toThrow(new error(message));
  });
});

describe("bpeMergesFromText", () => {
  it("bpeMergesFromText(bpeMergesToText(merges)) is the merges, for any symbols without spaces and line ends", () => {
    const symbols = fc.string({ unit: "binary", minLength: 1 }).filter((symbol) => !/[ \r\n]/.test(symbol));
    fc.assert(
      fc.property(fc.array(fc.tuple(symbols, symbols)), (merges) => {
        expect(bpeMergesFromText(bpeMergesToText(merges))).toEqual(merges);
      }),
    );
  });

  it("bpeMergesFromText(text) reads lines that end in CRLF", () => {
    expect(bpeMergesFromText("#version: 0.2\r\na b\r\nc d\r\n")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it.each([
    ["", 'bpeMergesFromText: line 1 must be "#version: 0.2", got ""'],
    ["#version: 0.1\n", 'bpeMergesFromText: line 1 must be "#version: 0.2", got "#version: 0.1"'],
    ["a b\n", 'bpeMergesFromText: line 1 must be "#version: 0.2", got "a b"'],
    ["#version: 0.2\na b\na\n", 'bpeMergesFromText: line 3 must hold two symbols, got "a"'],
    ["#version: 0.2\na b c\n", 'bpeMergesFromText: line 2 must hold two symbols, got "a b c"'],
    ["#version: 0.2\n\na b\n", 'bpeMergesFromText: line 2 must hold two symbols, got ""'],
  ])("bpeMergesFromText(%j) is refused", (text, message) => {
    expect(() => bpeMergesFromText(text)).toThrow(new RangeError(message));
  });

  it("bpeMergesToText(merges) refuses a symbol that the file cannot hold", () => {
    expect(() => bpeMergesToText([["a", "b\n"]])).toThrow(
      new RangeError('bpeMergesToText: symbols must hold no space or line end, got "b\\n"'),
    );
  });
});

/** How often each pair occurs after the merges, by the obvious way. */
function countedPairs(list: readonly (readonly [string, number])[], merges: readonly BPEMerge[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word, frequency] of list) {
    if (word === "") continue;
    let symbols = [...Array.from(word.slice(0, -1)), `${word.at(-1)}</w>`];
    for (const [left, right] of merges) {
      const merged: string[] = [];
      for (let i = 0; i < symbols.length; i++) {
        if (symbols[i] === left && symbols[i + 1] === right) merged.push(left + symbols[++i]);
        else merged.push(symbols[i]!);
      }
      symbols = merged;
    }
    for (let i = 1; i < symbols.length; i++) {
      const pair = `${symbols[i - 1]} ${symbols[i]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + frequency);
    }
  }
  return counts;
}
