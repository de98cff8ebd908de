import { expect, it } from "vitest";
import { worstErrors } from "../scripts/worst-errors.mjs";

const found = (error: number, changes: object = {}) => ({
  file: "a.test.ts",
  test: "equals torch: gru",
  source: "torch",
  label: "outputs",
  tolerance: 1e-5,
  error,
  ...changes,
});

it("worstErrors gives the largest error of each file, reference and tolerance, and how many there were", () => {
  const errors = [
    found(2e-7),
    found(3e-6),
    found(1e-8),
    found(5e-5, { tolerance: 1e-4 }),
    found(0, { source: "keras" }),
  ];
  expect(worstErrors(errors).map((line) => line.split(/ {2,}/))).toEqual([
    ["tests", "reference", "limit", "worst", "of", "where"],
    ["a.test.ts", "keras", "1e-5", "0.0e+0", "1", "outputs, gru"],
    ["a.test.ts", "torch", "1e-4", "5.0e-5", "1", "outputs, gru"],
    ["a.test.ts", "torch", "1e-5", "3.0e-6", "3", "outputs, gru"],
  ]);
});

it("worstErrors of nothing is the head of the table", () => {
  expect(worstErrors([])).toEqual(["tests  reference  limit  worst  of  where"]);
});
