import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  epsilonWarper,
  etaWarper,
  greedyChoice,
  logSoftmax,
  type LogitsProcessor,
  minPWarper,
  temperatureWarper,
  topHWarper,
  topKWarper,
  topPWarper,
  typicalWarper,
} from "../../src/index.ts";
import { processorContext } from "./processor-context.ts";

const fraction = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const WARPERS: Record<string, fc.Arbitrary<LogitsProcessor>> = {
  topKWarper: fc.integer({ min: 1, max: 400 }).map((k) => topKWarper(k)),
  topPWarper: fraction.map((p) => topPWarper(p)),
  minPWarper: fraction.map((p) => minPWarper(p)),
  typicalWarper: fraction.map((mass) => typicalWarper(mass)),
  epsilonWarper: fraction.map((epsilon) => epsilonWarper(epsilon)),
  etaWarper: fraction.map((epsilon) => etaWarper(epsilon)),
  topHWarper: fraction.map((h) => topHWarper(h)),
};

/** Eighths, so that ties are common and shifted rows exact. */
const score = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -80, max: 80 }).map((eighths) => eighths / 8) },
  { weight: 1, arbitrary: fc.constant(-Infinity) },
);
const row = fc
  .array(score, { minLength: 1, maxLength: 330 })
  .filter((scores) => scores.some(Number.isFinite))
  .map((scores) => Float32Array.from(scores));

function warped(scores: Float32Array, warp: LogitsProcessor): Float32Array {
  const copy = scores.slice();
  warp(copy, processorContext());
  return copy;
}

describe.each(Object.entries(WARPERS))("%s", (_, warper) => {
  it("keeps a token at least, and changes no score that it keeps", () => {
    fc.assert(
      fc.property(row, warper, (scores, warp) => {
        const after = warped(scores, warp);
        expect(after.some(Number.isFinite)).toBe(true);
        for (const [i, x] of after.entries()) expect([scores[i], -Infinity]).toContain(x);
      }),
    );
  });

  it("forgets a constant added to all scores, and what rows it saw before", () => {
    fc.assert(
      fc.property(row, row, warper, (scores, other, warp) => {
        const expected = Array.from(warped(scores, warp), Number.isFinite);
        warped(other, warp);
        const shifted = scores.map((x) => x + 64);
        expect(Array.from(warped(shifted, warp), Number.isFinite)).toEqual(expected);
      }),
    );
  });

  it.each([[NaN], [Infinity]])("leaves %s for the choice to report", (bad) => {
    for (const place of [0, 3, 8]) {
      fc.assert(
        fc.property(warper, (warp) => {
          const scores = Float32Array.of(1, 2, 3, 2, 1, 2, 3, 4, 0);
          scores[place] = bad;
          expect(() => greedyChoice(warped(scores, warp))).toThrow(`greedyChoice: logits must be finite or -Infinity`);
        }),
        { numRuns: 10 },
      );
    }
  });

  it("leaves a row without a finite score for the choice to report", () => {
    fc.assert(
      fc.property(warper, (warp) => {
        expect(warped(new Float32Array(5).fill(-Infinity), warp)).toEqual(new Float32Array(5).fill(-Infinity));
      }),
      { numRuns: 10 },
    );
  });
});

const kept = (scores: Float32Array) => scores.filter(Number.isFinite).length;
const massOf = (scores: Float32Array, isKept: (x: number) => boolean) => {
  let mass = 0;
  for (const [i, x] of logSoftmax(scores).entries()) if (isKept(scores[i]!)) mass += Math.exp(x);
  return mass;
};

describe("warpers by their definitions", () => {
  it.each(Object.entries(WARPERS).filter(([name]) => name !== "typicalWarper"))(
    "%s keeps what is better than something that it keeps",
    (_, warper) => {
      fc.assert(
        fc.property(row, warper, (scores, warp) => {
          const after = warped(scores, warp);
          const worst = Math.min(...after.filter(Number.isFinite));
          expect(scores.every((x, i) => x <= worst || after[i] === x)).toBe(true);
        }),
      );
    },
  );

  it("topKWarper(k) keeps k tokens, more only on a tie, fewer only where fewer are possible", () => {
    fc.assert(
      fc.property(row, fc.integer({ min: 1, max: 400 }), (scores, k) => {
        const after = warped(scores, topKWarper(k));
        const kth = [...scores].sort((a, b) => b - a)[Math.min(k, scores.length) - 1]!;
        expect(after).toEqual(scores.map((x) => (x >= kth ? x : -Infinity)));
      }),
    );
  });

  it("topPWarper(p) keeps a mass of p, and not without its worst token", () => {
    fc.assert(
      fc.property(row, fraction, (scores, p) => {
        const after = warped(scores, topPWarper(p));
        const worst = Math.min(...after.filter(Number.isFinite));
        const numWorst = after.filter((x) => x === worst).length;
        const one = massOf(scores, (x) => x === worst) / scores.filter((x) => x === worst).length;
        const mass = massOf(scores, (x) => x > worst) + numWorst * one;
        expect(mass).toBeGreaterThanOrEqual(p - 1e-6);
        expect(mass - one).toBeLessThanOrEqual(p + 1e-6);
      }),
    );
  });

  it("epsilonWarper(epsilon) and minPWarper(p) keep what is probable enough, and the best", () => {
    fc.assert(
      fc.property(row, fraction, (scores, bound) => {
        const probabilities = logSoftmax(scores, new Float64Array(scores.length)).map(Math.exp);
        const best = Math.max(...probabilities);
        for (const [warp, limit] of [
          [epsilonWarper(bound), bound],
          [minPWarper(bound), bound * best],
        ] as const) {
          const after = warped(scores, warp);
          const isEither = (i: number) => Math.abs(probabilities[i]! - limit) < 1e-9; // on the threshold
          const expected = scores.map((x, i) => {
            const isKept = isEither(i) ? after[i] === x : probabilities[i]! > limit || probabilities[i] === best;
            return isKept ? x : -Infinity;
          });
          expect(after).toEqual(expected);
        }
      }),
    );
  });

  it("warpers with minTokensToKeep keep as many", () => {
    fc.assert(
      fc.property(row, fraction, fc.integer({ min: 1, max: 20 }), (scores, p, minTokensToKeep) => {
        for (const make of [topPWarper, minPWarper, typicalWarper, epsilonWarper, etaWarper]) {
          const after = warped(scores, make(p, { minTokensToKeep }));
          expect(kept(after), make.name).toBeGreaterThanOrEqual(Math.min(minTokensToKeep, kept(scores)));
        }
      }),
    );
  });

  it.each([
    { p: 0.5, scores: [0.1, 0.2, 0.3, 0.4], kept: [0, 0, 1, 1] },
    { p: 0.4, scores: [0.1, 0.2, 0.3, 0.4], kept: [0, 0, 0, 1] },
    { p: 0, scores: [0.25, 0.5, 0.25], kept: [0, 1, 0] },
    { p: 1, scores: [0.25, 0.5, 0, 0.25], kept: [1, 1, 0, 1] },
    { p: 0.25, scores: [0.25, 0.25, 0.25, 0.25], kept: [0, 0, 0, 1] }, // equally probable: the lower ids go first
    { p: 0.6, scores: [0.25, 0.25, 0.25, 0.25], kept: [0, 1, 1, 1] },
  ])("topPWarper($p) of the probabilities $scores keeps $kept", ({ p, scores, kept: expected }) => {
    const after = warped(Float32Array.from(scores, Math.log), topPWarper(p));
    expect(Array.from(after, (x) => Number(x > -Infinity))).toEqual(expected);
  });

  it("temperatureWarper(temperature) divides", () => {
    const scores = Float32Array.of(-1, 0, 3, -Infinity);
    expect(warped(scores, temperatureWarper(0.5))).toEqual(Float32Array.of(-2, 0, 6, -Infinity));
  });

  it("warpers with a filterValue write it", () => {
    const scores = Float32Array.of(0, 1, 5);
    for (const warp of [
      topKWarper(1, { filterValue: -9 }),
      topPWarper(0.5, { filterValue: -9 }),
      topHWarper(0.1, { filterValue: -9 }),
    ]) {
      expect(warped(scores, warp)).toEqual(Float32Array.of(-9, -9, 5));
    }
  });
});
