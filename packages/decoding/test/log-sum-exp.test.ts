import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSumExp } from "../src/log-sum-exp.ts";

describe("logSumExp", () => {
  it("logSumExp(logits, largest) is what Math.exp gives, to 1e-12 of itself", () => {
    const logit = fc.oneof(fc.double({ min: -800, max: 0, noNaN: true }), fc.constant(-Infinity));
    fc.assert(
      fc.property(fc.array(logit, { maxLength: 50 }), fc.nat(50), (others, place) => {
        const largest = Math.min(place, others.length);
        const logits = [...others.slice(0, largest), 0, ...others.slice(largest)];
        const rest = others.reduce((sum, x) => sum + Math.exp(x), 0);
        const expected = Math.log1p(rest);
        expect(Math.abs(logSumExp(logits, largest) - expected)).toBeLessThanOrEqual(1e-12 * expected);
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
  ])("logSumExp($logits, $largest) is $expected", ({ logits, largest, expected }) => {
    expect(logSumExp(logits, largest)).toBe(expected);
  });
});
