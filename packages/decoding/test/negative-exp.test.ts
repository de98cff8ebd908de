import { describe, expect, it } from "vitest";
import { negativeExp } from "../src/negative-exp.ts";

describe("negativeExp", () => {
  it.each([
    { x: 0, expected: 1 },
    { x: -0, expected: 1 },
    { x: 746, expected: 0 },
    { x: 1e300, expected: 0 },
    { x: Infinity, expected: 0 },
    { x: NaN, expected: NaN },
  ])("negativeExp($x) is $expected", ({ x, expected }) => {
    expect(negativeExp(x)).toBe(expected);
  });

  it("negativeExp(x) is Math.exp(-x) to 5e-14", () => {
    let worst = 0;
    for (let x = 0; x < 660; x += 0.00317) worst = Math.max(worst, Math.abs(negativeExp(x) / Math.exp(-x) - 1));
    expect(worst).toBeLessThan(5e-14);
  });

  it("negativeExp(x) never grows with x", () => {
    for (let x = 0; x < 4; x += 1 / 8192) expect(negativeExp(x + 1 / 8192)).toBeLessThan(negativeExp(x));
  });
});
