import { sharedFile } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  alignedLinePairs,
  alignedLinePairStream,
  d2lTranslationText,
  tabSeparatedPairs,
  tabSeparatedPairStream,
  vocabulary,
} from "../src/index.ts";
import { anyChunks, collected, delayed, streamTexts } from "./any-chunks.ts";

describe("tabSeparatedPairs", () => {
  it.each([
    ["", {}, []],
    ["Go.\tVa !\n", {}, [["Go.", "Va !"]]],
    [
      "a\tb\r\nc\td",
      {},
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["\t\n", {}, [["", ""]]],
    ["a\tb\tCC-BY\n", {}, [["a", "b"]]],
    ["1\ten\ta\tb\n", { sourceColumn: 3, targetColumn: 2 }, [["b", "a"]]],
    [
      "a\tb\nnone\n\nc\td\n",
      { malformed: "skip" },
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
  ] as const)("tabSeparatedPairs(%j, %j)", (text, options, expected) => {
    expect(tabSeparatedPairs(text, options)).toEqual(expected.map(([source, target]) => ({ source, target })));
  });

  it.each([
    ["a\tb\nc\n", {}, "each line must have 2 columns parted by tabs, got 1 in line 2"],
    ["a\tb\n\n", {}, "each line must have 2 columns parted by tabs, got 1 in line 2"],
    ["a\tb\n", { targetColumn: 2 }, "each line must have 3 columns parted by tabs, got 2 in line 1"],
    ["", { sourceColumn: -1 }, "sourceColumn must be a non-negative integer, got -1"],
    ["", { targetColumn: 0.5 }, "targetColumn must be a non-negative integer, got 0.5"],
    ["", { malformed: "drop" as "skip" }, "malformed must be throw or skip, got drop"],
  ])("tabSeparatedPairs(%j, %j) throws a RangeError", async (text, options, message) => {
    expect(() => tabSeparatedPairs(text, options)).toThrow(new RangeError(`tabSeparatedPairs: ${message}`));
    await expect(collected(tabSeparatedPairStream([text], options))).rejects.toThrow(
      new RangeError(`tabSeparatedPairStream: ${message}`),
    );
  });

  it("tabSeparatedPairStream(chunks) has the pairs of the whole, however it is cut", async () => {
    const options = { malformed: "skip" } as const;
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), async (chunks) => {
        const pairs = (await collected(tabSeparatedPairStream(delayed(chunks), options))).flat();
        expect(pairs).toEqual(tabSeparatedPairs(chunks.join(""), options));
      }),
    );
  });
});

describe("alignedLinePairs", () => {
  it.each([
    ["", "", []],
    [
      "a\nb\n",
      "c\r\nd",
      [
        ["a", "c"],
        ["b", "d"],
      ],
    ],
    [
      "\na",
      "b\n\n",
      [
        ["", "b"],
        ["a", ""],
      ],
    ],
  ])("alignedLinePairs({ source: %j, target: %j })", (source, target, expected) => {
    expect(alignedLinePairs({ source, target })).toEqual(expected.map(([from, to]) => ({ source: from, target: to })));
  });

  it("alignedLinePairs(texts) throws a RangeError where the numbers of lines differ", () => {
    expect(() => alignedLinePairs({ source: "a\nb", target: "c" })).toThrow(
      new RangeError("alignedLinePairs: target must have the 2 lines of source, got 1"),
    );
  });

  it("alignedLinePairStream(chunks) has the pairs of the whole, however both are cut, or says which ends first", async () => {
    await fc.assert(
      fc.asyncProperty(anyChunks(streamTexts), anyChunks(streamTexts), async (source, target) => {
        const attempt = async () =>
          (await collected(alignedLinePairStream({ source: delayed(source), target }))).flat();
        const whole = async () => alignedLinePairs({ source: source.join(""), target: target.join("") });
        const failed = (error: Error) => error.message.includes(" must have ");
        expect(await attempt().catch(failed)).toEqual(await whole().catch(failed));
      }),
    );
  });

  it.each([
    [["a\nb\n"], ["c\n"], "target must have as many lines as source, got 1 and then its end"],
    [["a\n"], ["c\n", "d\n", "e\n"], "source must have as many lines as target, got 1 and then its end"],
  ])("alignedLinePairStream({ source: %j, target: %j }) throws a RangeError", async (source, target, message) => {
    await expect(collected(alignedLinePairStream({ source, target }))).rejects.toThrow(
      new RangeError(`alignedLinePairStream: ${message}`),
    );
  });

  it("alignedLinePairStream(chunks) that is left early closes both sources", async () => {
    const closed: string[] = [];
    async function* source(name: string) {
      try {
        for (;;) yield "line\n";
      } finally {
        closed.push(name);
      }
    }
    for await (const pairs of alignedLinePairStream({ source: source("source"), target: source("target") })) {
      expect(pairs).toEqual([{ source: "line", target: "line" }]);
      break;
    }
    expect(closed).toEqual(["source", "target"]);
  });
});

const file = sharedFile("data/fra-eng/fra.txt.gz");

// The numbers of the book; its loop takes one pair more than it is asked for.
describe.skipIf(!file.isPresent)(`fra-eng (skipped when ${file.reason})`, () => {
  const pairs = file.isPresent ? tabSeparatedPairs(d2lTranslationText(file.text())) : [];
  const reserved = ["<pad>", "<bos>", "<eos>"];
  const sizes = (options: { readonly numPairs: number; readonly minFrequency: number }) =>
    (["source", "target"] as const).map(
      (side) =>
        vocabulary(
          pairs.slice(0, options.numPairs).flatMap((pair) => pair[side].split(" ")),
          { minFrequency: options.minFrequency, reserved },
        ).size,
    );

  it("tabSeparatedPairs(text) has 167130 pairs of 7.22 and 7.58 tokens", () => {
    expect(pairs).toHaveLength(167_130);
    const meanLength = (side: "source" | "target") =>
      pairs.reduce((sum, pair) => sum + pair[side].split(" ").length, 0) / pairs.length;
    expect(meanLength("source").toFixed(2)).toBe("7.22");
    expect(meanLength("target").toFixed(2)).toBe("7.58");
  });

  it("vocabulary(tokens, { minFrequency: 2 }) has 10012 and 17851 entries of all pairs, 184 and 201 of the first 601", () => {
    expect(sizes({ numPairs: 167_130, minFrequency: 2 })).toEqual([10_012, 17_851]);
    expect(sizes({ numPairs: 601, minFrequency: 2 })).toEqual([184, 201]);
  });

  it('vocabulary(tokens, { ordering: "d2l-1.0" }) has 194 and 214 entries of 641 pairs cut to 9 tokens', () => {
    const made = (["source", "target"] as const).map((side) => {
      const rows = pairs.slice(0, 641).map((pair) => [...pair[side].split(" ").filter(Boolean), "<eos>"].slice(0, 9));
      const special = side === "source" ? ["<pad>", "<eos>"] : ["<pad>", "<bos>", "<eos>"];
      return vocabulary(rows.flat(), { minFrequency: 2, reserved: special, ordering: "d2l-1.0" });
    });
    expect(made.map(({ size }) => size)).toEqual([194, 214]);
    expect(made.map(({ unknownId }) => unknownId)).toEqual([5, 6]); // behind . ! ? and the digits
  });
});
