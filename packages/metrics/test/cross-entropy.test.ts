import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bitsPerByte,
  bitsPerCharacter,
  bitsPerToken,
  crossEntropyStatistics,
  natsPerToken,
  perplexity,
  sumCrossEntropy,
  textLength,
} from "../src/index.ts";

describe("crossEntropyStatistics", () => {
  it.each([1, 2, 28, 50257])("crossEntropyStatistics of a uniform model over %d tokens has that perplexity", (size) => {
    const statistics = crossEntropyStatistics(new Float64Array(17).fill(-Math.log(size)));
    expect(statistics.count).toBe(17);
    expect(perplexity(statistics) / size).toBeCloseTo(1, 12);
    expect(natsPerToken(statistics)).toBeCloseTo(Math.log(size), 12);
    expect(bitsPerToken(statistics)).toBeCloseTo(Math.log2(size), 12);
  });

  it("crossEntropyStatistics of certainty has perplexity 1, of an impossible token Infinity, of none no tokens", () => {
    expect(perplexity(crossEntropyStatistics([0, -0, 0]))).toBe(1);
    expect(perplexity(crossEntropyStatistics([0, -Infinity]))).toBe(Infinity);
    expect(crossEntropyStatistics([])).toEqual({ totalNats: 0, count: 0 });
  });

  it.each([
    [[true, false, true, false], 3, 2],
    [Uint8Array.of(0, 0, 0, 9), 4, 1],
    [[0, 0, 0, 0], 0, 0],
    [[1, 0, 1, 1], 7, 3],
  ])("crossEntropyStatistics(logProbabilities, {mask: %j}) looks at no other position", (mask, totalNats, count) => {
    expect(crossEntropyStatistics([-1, NaN, -2, -4], { mask })).toEqual({ totalNats, count });
  });

  it("crossEntropyStatistics takes what float32 puts above 0, and Float32Array", () => {
    expect(crossEntropyStatistics(Float32Array.of(2 ** -20, -1)).totalNats).toBe(1 - 2 ** -20);
  });

  it("crossEntropyStatistics adds up over parts, and a mask of parts is a mask of the whole", () => {
    const rows = fc.array(fc.tuple(fc.double({ min: -50, max: 0, noNaN: true }), fc.boolean()), { maxLength: 30 });
    const statisticsOf = (part: readonly (readonly [number, boolean])[]) =>
      crossEntropyStatistics(
        part.map(([value]) => value),
        { mask: part.map(([, isScored]) => isScored) },
      );
    fc.assert(
      fc.property(rows, rows, (left, right) => {
        const summed = sumCrossEntropy([left, right].map(statisticsOf));
        const whole = statisticsOf([...left, ...right]);
        const kept = [...left, ...right].filter(([, isScored]) => isScored).map(([value]) => value);
        expect(whole).toEqual(crossEntropyStatistics(kept));
        expect(summed.count).toBe(whole.count);
        expect(summed.totalNats).toBeCloseTo(whole.totalNats, 9);
      }),
      { seed: 25 },
    );
  });

  it.each([
    [[-1, NaN], undefined, "logProbabilities must be natural logarithms, at most 0, got NaN at index 1"],
    [[0.5], undefined, "logProbabilities must be natural logarithms, at most 0, got 0.5 at index 0"],
    [[-1], [true, true], "mask must be as long as logProbabilities, 1, got 2"],
  ])("crossEntropyStatistics(%j, {mask: %j}) throws", (logProbabilities, mask, message) => {
    const call = () => crossEntropyStatistics(logProbabilities, mask ? { mask } : {});
    expect(call).toThrow(new RangeError(`crossEntropyStatistics: ${message}`));
  });
});

describe("bitsPerCharacter and bitsPerByte", () => {
  it("bitsPerCharacter and bitsPerByte share the same bits out over characters and bytes", () => {
    const statistics = { totalNats: 12 * Math.LN2, count: 5 };
    const { numCharacters, numBytes } = textLength("naïve"); // ï is two bytes
    expect(bitsPerCharacter(statistics, numCharacters)).toBeCloseTo(12 / 5, 14);
    expect(bitsPerByte(statistics, numBytes)).toBeCloseTo(2, 14);
  });

  it("bitsPerCharacter where tokens are characters is bitsPerToken", () => {
    const statistics = crossEntropyStatistics([-1, -2, -0.5]);
    expect(bitsPerCharacter(statistics, 3)).toBe(bitsPerToken(statistics));
  });

  it("bitsPerCharacter and bitsPerByte of an impossible token are Infinity", () => {
    const statistics = { totalNats: Infinity, count: 1 };
    expect([bitsPerCharacter(statistics, 2), bitsPerByte(statistics, 2)]).toEqual([Infinity, Infinity]);
  });

  it.each([0, -1, NaN, Infinity])("bitsPerCharacter(statistics, %d) and bitsPerByte throw", (length) => {
    const statistics = { totalNats: 1, count: 1 };
    const rule = `must be positive and finite, got ${length}`;
    expect(() => bitsPerCharacter(statistics, length)).toThrow(
      new RangeError(`bitsPerCharacter: numCharacters ${rule}`),
    );
    expect(() => bitsPerByte(statistics, length)).toThrow(new RangeError(`bitsPerByte: numBytes ${rule}`));
  });
});

describe("textLength", () => {
  it.each([
    ["", 0, 0],
    ["abc\n", 4, 4],
    ["\u007f\u0080", 2, 3],
    ["\u07ff\u0800", 2, 5],
    ["\uffff\u{10000}", 2, 7],
    ["e\u0301", 2, 3],
    ["👩\u200d💻", 3, 11],
    ["\ud800x\udc00", 3, 7], // lone surrogates
  ])("textLength(%j) counts code points and bytes", (text, numCharacters, numBytes) => {
    expect(textLength(text)).toEqual({ numCharacters, numBytes });
  });

  it("textLength agrees with the encoder", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const expected = { numCharacters: Array.from(text).length, numBytes: Buffer.byteLength(text) };
        expect(textLength(text)).toEqual(expected);
      }),
      { seed: 26 },
    );
  });
});
