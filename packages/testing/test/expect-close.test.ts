import { expectClose } from "@rnnkit/testing";
import { expect, it } from "vitest";

it.each([
  [[], [], {}],
  [[1, 2], [1, 2], { tolerance: 0 }],
  [[1000.009, 0.009], [1000, 0], {}], // relative to the largest expected value
  [[1e-6], [0], {}], // absolute where all are 0
  [Float32Array.of(0.1), [0.1], {}],
])("expectClose(%j, %j, %j) passes", (actual, expected, options) => {
  expect(() => expectClose(actual, expected, options)).not.toThrow();
});

it.each([
  [[1], [1, 2], {}, "values: number of values"],
  [[1], [], {}, "values: number of values"],
  [[1, 2.1], [1, 2], {}, "values: value 1 is 2.1, expected 2"],
  [[1e-4], [0], {}, "values: value 0 is 0.0001, expected 0"],
  [[NaN], [1], {}, "values: value 0 is NaN, expected 1"],
  [[1], [NaN], {}, "values: value 0 is 1, expected NaN"],
  [[2], [1], { label: "torch" }, "torch: value 0 is 2, expected 1"],
])("expectClose(%j, %j, %j) fails with %s", (actual, expected, options, message) => {
  expect(() => expectClose(actual, expected, options)).toThrow(message);
});
