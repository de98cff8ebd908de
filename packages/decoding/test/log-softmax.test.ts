import { expectClose } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSoftmax } from "../src/index.ts";

describe("logSoftmax", () => {
  it.each([
    { logits: [0], probabilities: [1] },
    { logits: [0, 0, 0, 0], probabilities: [0.25, 0.25, 0.25, 0.25] },
    { logits: [Math.log(1), Math.log(2), Math.log(5)], probabilities: [0.125, 0.25, 0.625] },
    { logits: [1000, 1000], probabilities: [0.5, 0.5] },
    { logits: [-1000, -1000 + Math.log(3)], probabilities: [0.25, 0.75] },
    { logits: [-Infinity, 7, -Infinity], probabilities: [0, 1, 0] },
    { logits: [3e38, -3e38], probabilities: [1, 0] },
  ])("logSoftmax($logits) is the logarithm of $probabilities", ({ logits, probabilities }) => {
    expectClose(logSoftmax(logits).map(Math.exp), probabilities, { tolerance: 1e-12 });
  });

  it("logSoftmax(logits) tells probabilities next to 1 from 1", () => {
    expectClose(logSoftmax([0, 50]), [-50, -Math.exp(-50)], { tolerance: 1e-15 });
    expectClose([logSoftmax([0, 50])[1]! / Math.exp(-50)], [-1], { tolerance: 1e-12 });
  });

  it("logSoftmax(logits) sums to 1 and forgets a constant added to all logits", () => {
    const logit = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 20 }), logit, (logits, constant) => {
        const result = logSoftmax(logits);
        const shifted = logSoftmax(logits.map((x) => x + constant));
        expectClose([result.reduce((sum, x) => sum + Math.exp(x), 0)], [1], { tolerance: 1e-12 });
        for (const [i, x] of result.entries()) {
          expect(x).toBeLessThanOrEqual(0);
          expect(Math.abs(x - shifted[i]!)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  it("logSoftmax(logits, out) writes into out, which may be the logits, and returns it", () => {
    const logits = Float32Array.of(0, Math.log(3));
    const out = new Float64Array(2);
    expect(logSoftmax(logits, out)).toBe(out);
    expectClose(out, [Math.log(0.25), Math.log(0.75)], { tolerance: 1e-7 });
    expect(logSoftmax(logits, logits)).toBe(logits);
    expectClose(logits, out, { tolerance: 1e-6 });
  });

  it.each([
    { logits: [0, NaN], message: "logSoftmax: logits must be finite or -Infinity, got NaN at index 1" },
    { logits: [Infinity, 0], message: "logSoftmax: logits must be finite or -Infinity, got Infinity at index 0" },
    { logits: [-Infinity, -Infinity], message: "logSoftmax: logits must have a finite entry, got none in 2" },
    { logits: [], message: "logSoftmax: logits must have a finite entry, got none in 0" },
  ])("logSoftmax($logits) throws", ({ logits, message }) => {
    expect(() => logSoftmax(logits)).toThrow(new RangeError(message));
  });

  it("logSoftmax(logits, out) throws when out has another length", () => {
    expect(() => logSoftmax([1, 2], new Float32Array(3))).toThrow(
      new RangeError("logSoftmax: out must have 2 entries, got 3"),
    );
  });
});
