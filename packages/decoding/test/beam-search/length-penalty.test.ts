import { describe, expect, it } from "vitest";
import { beamSearch, gnmtLengthPenalty, powerLengthPenalty, tableStepper } from "../../src/index.ts";

describe("powerLengthPenalty", () => {
  it.each([
    { exponent: 0, length: 7, penalty: 1 },
    { exponent: 1, length: 7, penalty: 7 },
    { exponent: 0.5, length: 9, penalty: 3 },
    { exponent: -1, length: 4, penalty: 0.25 },
  ])("powerLengthPenalty($exponent)($length) is $penalty", ({ exponent, length, penalty }) => {
    expect(powerLengthPenalty(exponent)(length)).toBe(penalty);
  });
});

describe("gnmtLengthPenalty", () => {
  it.each([
    { exponent: 0, length: 7, penalty: 1 },
    { exponent: 1, length: 1, penalty: 1 },
    { exponent: 1, length: 7, penalty: 2 },
    { exponent: 2, length: 13, penalty: 9 },
  ])("gnmtLengthPenalty($exponent)($length) is $penalty", ({ exponent, length, penalty }) => {
    expect(gnmtLengthPenalty(exponent)(length)).toBe(penalty);
  });
});

describe("length penalties", () => {
  it.each([NaN, Infinity, -Infinity])("powerLengthPenalty(%s) and gnmtLengthPenalty(%s) throw", (exponent) => {
    const message = `exponent must be finite, got ${exponent}`;
    expect(() => powerLengthPenalty(exponent)).toThrow(new RangeError(`powerLengthPenalty: ${message}`));
    expect(() => gnmtLengthPenalty(exponent)).toThrow(new RangeError(`gnmtLengthPenalty: ${message}`));
  });

  it("beamSearch(stepper, { lengthPenalty }) divides the log-probability by what the penalty says", async () => {
    const stepper = tableStepper([
      [0, 1],
      [0.5, 0],
    ]);
    const options = { prompt: [0], maxLength: 4, endTokens: [0], beamWidth: 4, numHypotheses: 4 };
    for (const lengthPenalty of [
      gnmtLengthPenalty(0.65),
      powerLengthPenalty(-2),
      (length: number) => 1 + length ** 3,
    ]) {
      for (const { tokens, logProbability, score } of await beamSearch(stepper, { ...options, lengthPenalty })) {
        expect(score).toBe(logProbability / lengthPenalty(tokens.length));
      }
    }
  });
});
