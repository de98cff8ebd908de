import { expectClose } from "@rnnkit/testing";
import { expect, it } from "vitest";
import { gatherRows, scatterRows } from "../src/index.ts";
import { floats, ints, reals, scoped, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

const SIZES = [
  { numRows: 1, width: 1, count: 1 },
  { numRows: 5, width: 3, count: 7 },
  { numRows: 11, width: 17, count: 40 },
  { numRows: 3, width: 33, count: 0 },
  { numRows: 3, width: 0, count: 2 },
];

describeEverySimd("gatherRows(simd, args) and scatterRows", (simd) => {
  it.each(SIZES)("read rows by id, and add up rows by id: %o", ({ numRows, width, count }) => {
    const ids = Array.from({ length: count }, (_, i) => (i * 7) % numRows);
    const [table, rows] = [reals(numRows * width, 1), reals(count * width, 2)];
    const sums = new Float64Array(numRows * width);
    for (const [i, id] of ids.entries()) for (let j = 0; j < width; j++) sums[id * width + j]! += rows[i * width + j]!;
    scoped(simd(), (scope) => {
      const output = unwritten(scope, count * width);
      gatherRows(scope, { ids: ints(scope, ids), table: floats(scope, table), rows: output, width });
      expect([...scope.floats(output)]).toEqual(ids.flatMap((id) => [...table.subarray(id * width, (id + 1) * width)]));
      const target = floats(scope, new Float32Array(numRows * width));
      scatterRows(scope, { ids: ints(scope, ids), table: target, rows: floats(scope, rows), width });
      expectClose(scope.floats(target), sums, { tolerance: 1e-6 });
    });
  });

  it.each([5, -1])("refuse the id %d of five rows, and change nothing", (id) => {
    scoped(simd(), (scope) => {
      const [table, rows] = [floats(scope, reals(15)), floats(scope, reals(6))];
      const args = { ids: ints(scope, [1, id]), table, rows, width: 3 };
      expect(() => gatherRows(scope, args)).toThrow(new RangeError(`gatherRows: ids must be from 0 to 4, got ${id}`));
      expect(() => scatterRows(scope, args)).toThrow(new RangeError(`scatterRows: ids must be from 0 to 4, got ${id}`));
      expect(scope.floats(table)).toEqual(reals(15));
      expect(scope.floats(rows)).toEqual(reals(6));
    });
  });

  it("refuse rows that hold too little", () => {
    scoped(simd(), (scope) => {
      const args = { ids: ints(scope, [0, 1]), table: floats(scope, reals(15)), rows: scope.allocate(5), width: 3 };
      expect(() => gatherRows(scope, args)).toThrow(
        new RangeError("gatherRows: rows must hold at least 6 elements, got 5"),
      );
    });
  });
});
