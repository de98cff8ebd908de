import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSumExp } from "../src/log-sum-exp.ts";
import { loadRow } from "../src/row-kernels/loaded-row.ts";

describe("logSumExp", () => {
  it.each([
    { kind: "Float32Array", rowOf: (logits: number[]) => Float32Array.from(logits) },
    { kind: "Float64Array", rowOf: (logits: number[]) => Float64Array.from(logits) },
  ])("logSumExp(loadRow($kind), largest) is what Math.exp gives, to 5e-13 of itself", ({ rowOf }) => {
    const logit = fc.oneof(fc.double({ min: -700, max: 0, noNaN: true }), fc.constant(-Infinity));
    fc.assert(
      fc.property(fc.array(logit, { maxLength: 50 }), fc.nat(50), (others, place) => {
        const largest = Math.min(place, others.length);
        const logits = rowOf([...others.slice(0, largest), 0, ...others.slice(largest)]);
        const expected = Math.log1p([...logits].reduce((sum, x, i) => (i === largest ? sum : sum + Math.exp(x)), 0));
        const found = logSumExp(loadRow(logits), { max: 0, largest });
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(5e-13 * expected);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    { logits: [3], largest: 0, expected: 0 },
    { logits: [-Infinity, 5, -Infinity], largest: 1, expected: 0 },
    { logits: [7, 7], largest: 0, expected: Math.LN2 },
    { logits: [1e30, -1e30], largest: 0, expected: 0 },
    { logits: [-1000, 0], largest: 1, expected: 0 },
  ])("logSumExp(loadRow($logits), $largest) is $expected", ({ logits, largest, expected }) => {
    expect(logSumExp(loadRow(logits), { max: logits[largest]!, largest })).toBe(expected);
  });
});
