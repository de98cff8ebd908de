import { stepperContract } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { tableStepper, type TransitionTable } from "../src/index.ts";
import { historyStepper, scrambledLogits } from "./history-stepper.ts";

const first = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, -Infinity],
];
const second = [
  [-1, -2, -3],
  [-4, -5, -6],
  [-7, -8, -9],
];

stepperContract("tableStepper(table)", () => tableStepper(first), { tolerance: 0 });
stepperContract("tableStepper(first, second)", () => tableStepper(first, second), { tolerance: 0 });
stepperContract("tableStepper of one token", () => tableStepper([[0]]), { tolerance: 0 });
stepperContract("historyStepper", () => historyStepper(6, scrambledLogits(6, 1)), { tolerance: 0 });

describe("tableStepper", () => {
  it("tableStepper(first, second) looks the i-th token up in the i-th table, later ones in the last", async () => {
    const stepper = tableStepper(first, second);
    let state = stepper.start(2);
    const seen = [];
    for (const tokens of [
      [2, 0],
      [1, 2],
      [0, 0],
    ]) {
      const result = await stepper.step(Int32Array.from(tokens), state);
      seen.push([...result.logits]);
      ({ state } = result);
    }
    expect(seen).toEqual([
      [6, 7, -Infinity, 0, 1, 2],
      [-4, -5, -6, -7, -8, -9],
      [-1, -2, -3, -1, -2, -3],
    ]);
  });

  it("tableStepper(table) copies the table", async () => {
    const table = [[0, 1], Float64Array.of(2, 3)];
    const stepper = tableStepper(table);
    table[1]![0] = 9;
    const { logits } = await stepper.step(Int32Array.of(1), stepper.start(1));
    expect([...logits]).toEqual([2, 3]);
  });

  const rows = "every table must have 3 rows, got 2";
  const bad: { name: string; tables: [TransitionTable, ...TransitionTable[]]; message: string }[] = [
    { name: "no token", tables: [[]], message: "the number of tokens must be a positive integer, got 0" },
    { name: "a ragged row", tables: [[[0, 0], [0]]], message: "row 1 must have 2 entries, got 1" },
    { name: "tables of two sizes", tables: [first, [[0], [0]]], message: rows },
    { name: "NaN", tables: [[[NaN]]], message: "logits must be finite or -Infinity, got NaN at index 0" },
    {
      name: "too large for float32",
      tables: [[[1e300]]],
      message: "logits must be finite or -Infinity, got Infinity at index 0",
    },
    { name: "an impossible row", tables: [[[-Infinity]]], message: "logits must have a finite entry, got none in 1" },
  ];
  it.each(bad)("tableStepper(table) throws for $name", ({ tables, message }) => {
    expect(() => tableStepper(...tables)).toThrow(new RangeError(`tableStepper: ${message}`));
  });
});
