import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadRow } from "../../src/row-kernels/loaded-row.ts";
import { kthLargest } from "../../src/processors/selection/kth-largest.ts";
import { massSelector } from "../../src/processors/selection/mass-selector.ts";

const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.float({ noNaN: true }),
  fc.float({ noNaN: true, min: Math.fround(-1e-3), max: Math.fround(1e-3) }),
  fc.constantFrom(-Infinity, Infinity, 1e-45, -1e-45),
);
const values = fc
  .array(value, { minLength: 1, maxLength: 700 })
  .map((numbers) => Float32Array.from(numbers, (x) => x + 0)); // without -0, whose place among ties is its own

describe("massSelector", () => {
  const select = massSelector();

  it("select(values, { isEnough }) finds the n-th smallest, of equal ones by index", () => {
    fc.assert(
      fc.property(values, fc.nat(), (row, seed) => {
        const rank = seed % row.length;
        const sorted = [...row.keys()].sort((i, j) => (row[i] === row[j] ? i - j : row[i]! - row[j]!));
        expect(select(row, { isEnough: (count) => count > rank })).toBe(sorted[rank]);
      }),
    );
  });

  it("select(values, { weights, isEnough }) finds where sums of weights cross a bound", () => {
    const weight = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(values, fc.array(weight, { minLength: 700, maxLength: 700 }), fc.nat(), (row, drawn, seed) => {
        const weights = Float64Array.from(drawn.slice(0, row.length));
        weights[0] = 1;
        const total = weights.reduce((sum, x) => sum + x, 0);
        const bound = 1 + (seed % (total + 3)); // perhaps more than there is
        const sorted = [...row.keys()]
          .sort((i, j) => (row[i] === row[j] ? i - j : row[i]! - row[j]!))
          .filter((i) => weights[i]! > 0);
        let sum = 0;
        const crossing = sorted.find((i) => (sum += weights[i]!) >= bound);
        const found = select(row, { weights, isEnough: (mass) => mass >= bound });
        expect(row[found]).toBe(row[crossing ?? sorted.at(-1)!]);
        expect(found).toBe(crossing ?? found);
      }),
    );
  });
});

describe("kthLargest", () => {
  it.each([1, 2, 7, 50, 256, 257, 500, 2000])("kthLargest(%i)(row) is what sorting finds", (k) => {
    const kth = kthLargest(k);
    fc.assert(
      fc.property(values, (row) => {
        const sorted = [...row].sort((a, b) => b - a);
        expect(kth(row, loadRow(row))).toBe(sorted[Math.min(k, row.length) - 1]);
      }),
      { numRuns: 40 },
    );
  });
});
