import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneHotRows, padSequences, vocabulary } from "../src/index.ts";

interface Side {
  readonly tokens: readonly string[];
  readonly ids: readonly number[][];
  readonly validLengths?: readonly number[];
  readonly decoderInputs?: readonly number[][];
}
interface Book {
  readonly text: string;
  readonly sides: readonly Side[];
}

const { source, cases } = golden<{ readonly numSteps: number; readonly "0.17": Book; readonly "1.0": Book }>(
  import.meta.url,
  "d2l-translation",
);
const { numSteps: length } = cases;

/** The tokens of the source (0) or target (1) sentences; d2l 1.0 skips the empty ones that two spaces leave. */
function sentences({ text }: Book, side: number): string[][] {
  return text.split("\n").map((line) => line.split("\t")[side]!.split(" "));
}

function rows({ ids, shape: [n, width] }: ReturnType<typeof padSequences>): number[][] {
  return Array.from({ length: n }, (_, row) => [...ids.subarray(row * width, (row + 1) * width)]);
}

describe("padSequences", () => {
  it.each([0, 1])(`padSequences(sequences, { length, padId, eosId }) of side %i equals ${source}, 0.17`, (side) => {
    const { tokens, ids, validLengths } = cases["0.17"].sides[side]!;
    const lines = sentences(cases["0.17"], side);
    const vocab = vocabulary(lines.flat(), { minFrequency: 2, reserved: ["<pad>", "<bos>", "<eos>"] });
    expect(vocab.tokens).toEqual(tokens);
    const special = { padId: vocab.idOf("<pad>"), eosId: vocab.idOf("<eos>") };
    const encoded = lines.map((line) => vocab.encode(line));
    const padded = padSequences(encoded, { length, ...special });
    expect(rows(padded)).toEqual(ids);
    expect([...padded.validLengths]).toEqual(validLengths);
    // What train_seq2seq of 0.17 feeds the decoder: <bos> before the labels without their last column.
    const bosId = vocab.idOf("<bos>");
    const inputs = padSequences(encoded, { length, ...special, bosId });
    expect(rows(inputs)).toEqual(ids.map((row) => [bosId, ...row.slice(0, -1)]));
  });

  it.each([0, 1])(
    `padSequences(sequences, { length, padId, bosId, eosId }) of side %i equals ${source}, 1.0`,
    (side) => {
      const { tokens, ids, validLengths, decoderInputs } = cases["1.0"].sides[side]!;
      const lines = sentences(cases["1.0"], side).map((line) => line.filter((token) => token !== ""));
      // The vocabulary of 1.0 is made of the rows as they are padded and cut.
      const reserved = ["<pad>", "<eos>", ...(side === 0 ? [] : ["<bos>"])];
      const seen = lines.flatMap((line) => [...line, "<eos>"].slice(0, length));
      const vocab = vocabulary(seen, { minFrequency: 2, reserved, ordering: "d2l-1.0" });
      expect(vocab.tokens).toEqual(tokens);
      const special = { padId: vocab.idOf("<pad>"), eosId: vocab.idOf("<eos>") };
      const encoded = lines.map((line) => vocab.encode(line));
      const padded = padSequences(encoded, { length, ...special });
      expect(rows(padded)).toEqual(ids);
      expect(validLengths ? [...padded.validLengths] : undefined).toEqual(validLengths);
      const shifted = () => rows(padSequences(encoded, { length, ...special, bosId: vocab.idOf("<bos>") }));
      expect(decoderInputs ? shifted() : undefined).toEqual(decoderInputs);
    },
  );

  const sequences = [[1, 2, 3], [], [4]];
  it.each([
    [
      "to the longest",
      { padId: 0 },
      [
        [1, 2, 3],
        [0, 0, 0],
        [4, 0, 0],
      ],
      [3, 0, 1],
    ],
    [
      "to a length",
      { padId: 0, length: 2 },
      [
        [1, 2],
        [0, 0],
        [4, 0],
      ],
      [2, 0, 1],
    ],
    [
      "with <eos>",
      { padId: 0, eosId: 9 },
      [
        [1, 2, 3, 9],
        [9, 0, 0, 0],
        [4, 9, 0, 0],
      ],
      [4, 1, 2],
    ],
    [
      "with <eos> cut off",
      { padId: 0, eosId: 9, length: 3 },
      [
        [1, 2, 3],
        [9, 0, 0],
        [4, 9, 0],
      ],
      [3, 1, 2],
    ],
    [
      "with <eos> kept",
      { padId: 0, eosId: 9, length: 3, keepsEos: true },
      [
        [1, 2, 9],
        [9, 0, 0],
        [4, 9, 0],
      ],
      [3, 1, 2],
    ],
    [
      "with both",
      { padId: 0, bosId: 8, eosId: 9 },
      [
        [8, 1, 2, 3, 9],
        [8, 9, 0, 0, 0],
        [8, 4, 9, 0, 0],
      ],
      [5, 2, 3],
    ],
    [
      "with the end alone",
      { padId: 0, length: 2, cutAt: "start" },
      [
        [2, 3],
        [0, 0],
        [4, 0],
      ],
      [2, 0, 1],
    ],
    [
      "with <eos>, cut at the start",
      { padId: 0, length: 2, cutAt: "start", bosId: 8, eosId: 9 },
      [
        [3, 9],
        [8, 9],
        [4, 9],
      ],
      [2, 2, 2],
    ],
    [
      "with padding before",
      { padId: 0, padAt: "start" },
      [
        [1, 2, 3],
        [0, 0, 0],
        [0, 0, 4],
      ],
      [3, 0, 1],
    ],
    [
      "with labels to ignore",
      { padId: -100, length: 4 },
      [
        [1, 2, 3, -100],
        [-100, -100, -100, -100],
        [4, -100, -100, -100],
      ],
      [3, 0, 1],
    ],
  ] as const)("padSequences(sequences, options) pads and cuts %s", (_, options, expected, validLengths) => {
    const padded = padSequences(sequences, options);
    expect(rows(padded)).toEqual(expected);
    expect([...padded.validLengths]).toEqual(validLengths);
    expect(padded.shape).toEqual([3, expected[0].length]);
  });

  it("padSequences([]) is empty", () => {
    expect(padSequences([], { padId: 0 })).toEqual({
      ids: new Int32Array(0),
      validLengths: new Int32Array(0),
      shape: [0, 0],
    });
  });

  it("padSequences(sequences) holds each sequence within its valid length, and padding elsewhere", () => {
    const anySequences = fc.array(fc.array(fc.integer({ min: 1, max: 9 })));
    const sides = fc.constantFrom("start" as const, "end" as const);
    fc.assert(
      fc.property(anySequences, fc.integer({ min: 1, max: 6 }), sides, sides, (list, width, padAt, cutAt) => {
        const padded = padSequences(list, { padId: 0, length: width, padAt, cutAt });
        rows(padded).forEach((row, n) => {
          const kept = cutAt === "end" ? list[n]!.slice(0, width) : list[n]!.slice(-width);
          expect(padded.validLengths[n]).toBe(kept.length);
          const padding = Array(width - kept.length).fill(0);
          expect(row).toEqual(padAt === "end" ? [...kept, ...padding] : [...padding, ...kept]);
        });
      }),
    );
  });

  it.each([
    [[[1.5]], { padId: 0 }, "ids must be 32-bit integers, got 1.5"],
    [[[1, undefined]], { padId: 0 }, "ids must be 32-bit integers, got undefined"],
    [[[1]], { padId: NaN }, "padId must be 32-bit integers, got NaN"],
    [[[1]], { padId: 0, eosId: 2 ** 31 }, "eosId must be 32-bit integers, got 2147483648"],
    [[[1]], { padId: 0, length: 0 }, "length must be a positive integer, got 0"],
    [[[1]], { padId: 0, length: 2.5 }, "length must be a positive integer, got 2.5"],
  ])("padSequences(%j, %j) throws a RangeError", (list, options, message) => {
    expect(() => padSequences(list as number[][], options)).toThrow(new RangeError(`padSequences: ${message}`));
  });
});

describe("oneHotRows", () => {
  it.each([
    [[], 3, []],
    [[0], 1, [1]],
    [[2, 0], 3, [0, 0, 1, 1, 0, 0]],
  ])("oneHotRows(%j, %i) is %j", (ids, vocabSize, expected) => {
    expect([...oneHotRows(ids, vocabSize)]).toEqual(expected);
  });

  it.each([3, -1, 0.5, NaN])("oneHotRows([0, %s], 3) throws a RangeError", (id) => {
    expect(() => oneHotRows([0, id], 3)).toThrow(
      new RangeError(`oneHotRows: ids must be integers from 0 to 2, got ${id} at position 1`),
    );
  });

  it.each([0, 1.5, -1])("oneHotRows(ids, %s) throws a RangeError", (vocabSize) => {
    expect(() => oneHotRows([], vocabSize)).toThrow(
      new RangeError(`oneHotRows: vocabSize must be a positive integer, got ${vocabSize}`),
    );
  });
});
