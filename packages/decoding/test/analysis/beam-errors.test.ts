import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  analyzeBeamErrors,
  beamErrorTable,
  beamSearchBatch,
  powerLengthPenalty,
  repetitionPenalty,
  scoreSequence,
  suppressedTokens,
  tableStepper,
} from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";
import { trackedStepper } from "../tracked-stepper.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));

// After 1, greedy takes 2 (0.6), which spreads itself thin: 2, 0 has 0.24. 3 has 0.4, and 3, 0 has 0.36: the best.
const [END, START] = [0, 1];
const stepper = tableStepper(
  log([
    [1, 0, 0, 0],
    [0, 0, 0.6, 0.4],
    [0.4, 0.3, 0.3, 0],
    [0.9, 0, 0.1, 0],
  ]),
);
const options = {
  prompts: [[START], [START], [START]],
  maxLength: 4,
  endTokens: [END],
  beamWidth: 1,
  lengthPenalty: powerLengthPenalty(0),
};

describe("analyzeBeamErrors", () => {
  it("analyzeBeamErrors(stepper, options) blames the search where the reference is more probable, else the model", async () => {
    const references = [
      [3, END], // 0.36, and a beam of 1 finds 2, 0 with 0.24
      [3, 2, END], // 0.016
      [2, END], // found
    ];
    const cases = await analyzeBeamErrors(stepper, { ...options, references });
    expect(cases.map(({ fault }) => fault)).toEqual(["search", "model", "none"]);
    for (const [i, { hypothesis, reference }] of cases.entries()) {
      expect([...hypothesis.tokens]).toEqual([2, END]);
      expect([...reference.tokens]).toEqual(references[i]);
      const expected = await scoreSequence(stepper, { prompt: [START], tokens: references[i]! });
      expect(reference.logProbabilities).toEqual(expected.logProbabilities);
      expect(reference.score).toBe(expected.logProbability);
      expect(reference.isFinished).toBe(true);
    }
    expect(beamErrorTable(cases)).toEqual({
      numCases: 3,
      numErrors: 2,
      rows: [
        { fault: "search", count: 1, share: 0.5 },
        { fault: "model", count: 1, share: 0.5 },
      ],
    });
    const wider = await analyzeBeamErrors(stepper, { ...options, beamWidth: 2, references });
    expect(wider.map(({ fault }) => fault)).toEqual(["none", "model", "model"]);
  });

  it("analyzeBeamErrors(stepper, { beamWidth }) of full width never blames the search", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (seed, starts) => {
          const model = historyStepper(4, scrambledLogits(4, seed));
          const references = starts.map((ids) => [...ids, 0]);
          const prompts = starts.map((ids) => ids.slice(0, 2));
          const request = { prompts, references, maxLength: 4, endTokens: [0], beamWidth: 4 ** 4 };
          for (const { fault } of await analyzeBeamErrors(model, request)) expect(fault).not.toBe("search");
        },
      ),
      { numRuns: 30 },
    );
  });

  it("analyzeBeamErrors(stepper, options) scores by what the search adds up, processors included", async () => {
    const model = historyStepper(5, scrambledLogits(5, 2));
    const processors = [repetitionPenalty(1.5)];
    const request = { prompts: [[1], [2, 3]], maxLength: 6, endTokens: [0], beamWidth: 3, processors };
    const best = (await beamSearchBatch(model, request)).map(([first]) => first);
    const references = best.map(({ tokens }) => tokens);
    const cases = await analyzeBeamErrors(model, { ...request, references });
    expect(cases).toEqual(best.map((each) => ({ hypothesis: each, reference: each, fault: "none" })));
  });

  it("analyzeBeamErrors(stepper, { isError }) asks what is an error", async () => {
    const seen: [number[], number[]][] = [];
    const isError = (hypothesis: Int32Array, reference: Int32Array) => {
      seen.push([[...hypothesis], [...reference]]);
      return false;
    };
    const cases = await analyzeBeamErrors(stepper, {
      ...options,
      references: [[3, 0], [3], [2, 0]],
      isError,
    });
    expect(cases.map(({ fault }) => fault)).toEqual(["none", "none", "none"]);
    expect(seen[1]).toEqual([[2, 0], [3]]);
  });

  it("analyzeBeamErrors(stepper, { processors }) gives a reference that they forbid the score -Infinity", async () => {
    const [only] = await analyzeBeamErrors(stepper, {
      ...options,
      prompts: [[START]],
      references: [[3, END]],
      processors: [suppressedTokens([3])],
    });
    expect(only!.fault).toBe("model");
    expect(only!.reference).toEqual({
      tokens: Int32Array.of(3, END),
      logProbabilities: Float64Array.of(-Infinity, -Infinity),
      logProbability: -Infinity,
      score: -Infinity,
      isFinished: true,
    });
  });

  it("analyzeBeamErrors(stepper, options) disposes every state once", async () => {
    const { stepper: tracked, counts } = trackedStepper(stepper);
    await analyzeBeamErrors(tracked, { ...options, references: [[3], [2], [2, 0]] });
    expect(counts.live).toBe(0);
  });

  it.each([
    { references: [[1]], message: "references must be 3, one a prompt, got 1" },
    { references: [[1], [], [2]], message: "references[1] must hold at least one id, got none" },
    { references: [[1], [2], [4]], message: "references[2] must hold ids from 0 to 3, got 4 at index 0" },
    {
      references: [[0, 1], [2], [3]],
      message: "references[0] must hold an end token only as its last id, got 0 at index 0",
    },
  ])("analyzeBeamErrors(stepper, { references: $references }) throws", async ({ references, message }) => {
    await expect(analyzeBeamErrors(stepper, { ...options, references })).rejects.toThrow(
      new RangeError(`analyzeBeamErrors: ${message}`),
    );
  });
});

describe("beamErrorTable", () => {
  it.each([
    { faults: [], numErrors: 0, counts: [0, 0], shares: [NaN, NaN] },
    { faults: ["none"], numErrors: 0, counts: [0, 0], shares: [NaN, NaN] },
    { faults: ["model", "none", "search", "model", "model"], numErrors: 4, counts: [1, 3], shares: [0.25, 0.75] },
  ] as const)("beamErrorTable of $faults has the shares $shares", ({ faults, numErrors, counts, shares }) => {
    const table = beamErrorTable(faults.map((fault) => ({ fault })));
    expect(table.numCases).toBe(faults.length);
    expect(table.numErrors).toBe(numErrors);
    expect(table.rows.map(({ count }) => count)).toEqual(counts);
    expect(table.rows.map(({ share }) => share)).toEqual(shares);
  });
});
