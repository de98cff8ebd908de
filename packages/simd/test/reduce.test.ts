import { expectClose } from "@rnnkit/testing";
import { expect, it } from "vitest";
import { euclideanNorm, reduceAxis } from "../src/index.ts";
import { floats, reals, scoped, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

describeEverySimd("reduce(simd, operation, args)", (simd) => {
  const run = (operation: "sum" | "max", values: ArrayLike<number>, sizes: [number, number, number], scale?: number) =>
    scoped(simd(), (scope) => {
      const [outer, depth, inner] = sizes;
      const output = unwritten(scope, outer * inner);
      reduceAxis(scope, operation, { x: floats(scope, values), output, outer, depth, inner, ...(scale && { scale }) });
      return [...scope.floats(output)];
    });

  it.each<[number, number, number]>([
    ...([
      [1, 1, 1],
      [3, 5, 1],
      [33, 17, 1],
      [1, 5, 3],
      [1, 100, 33],
      [4, 7, 9],
      [5, 3, 4],
      [2, 1000, 1],
    ] as const),
    ...([
      [3, 0, 1],
      [3, 0, 5],
      [0, 5, 3],
      [3, 5, 0],
    ] as const),
  ] as [number, number, number][])("sums and finds maxima over the middle of [%d, %d, %d]", (outer, depth, inner) => {
    const values = reals(outer * depth * inner);
    const sums: number[] = [];
    const maxima: number[] = [];
    for (let i = 0; i < outer; i++) {
      for (let k = 0; k < inner; k++) {
        const column = Array.from({ length: depth }, (_, j) => values[(i * depth + j) * inner + k]!);
        sums.push(column.reduce((sum, x) => sum + x, 0));
        maxima.push(Math.max(...column));
      }
    }
    const sizes: [number, number, number] = [outer, depth, inner];
    expectClose(run("sum", values, sizes), sums, { tolerance: 2e-6 });
    expectClose(
      run("sum", values, sizes, 0.25),
      sums.map((sum) => sum / 4),
      { tolerance: 2e-6 },
    );
    expect(run("max", values, sizes)).toEqual(maxima);
  });

  it("gives NaN for a maximum with a NaN among its numbers, wherever it stands", () => {
    for (const depth of [1, 3, 4, 5, 9]) {
      for (let at = 0; at < depth; at++) {
        const values = reals(depth).map((x, i) => (i === at ? Number.NaN : x));
        expect(run("max", values, [1, depth, 1])).toEqual([Number.NaN]);
        const pairs = Float32Array.from({ length: 2 * depth }, (_, i) => (i % 2 ? i : values[i >> 1]!));
        expect(run("max", pairs, [1, depth, 2])).toEqual([Number.NaN, 2 * depth - 1]);
      }
    }
    expect(run("max", [-Infinity, -Infinity], [1, 2, 1])).toEqual([-Infinity]);
  });

  it("keeps the rounding errors of a long sum small", () => {
    const count = 300_000;
    const values = new Float32Array(5 * count).fill(0.1);
    for (const [depth, inner] of [
      [5 * count, 1],
      [count, 5],
    ] as const) {
      const sum = depth * Math.fround(0.1);
      expectClose(run("sum", values, [1, depth, inner]), Array<number>(inner).fill(sum), { tolerance: 2e-5 });
    }
  });

  it("refuses too little memory", () => {
    expect(() => run("sum", [1, 2, 3], [2, 2, 1])).toThrow(
      new RangeError("reduce: x must hold at least 4 elements, got 3"),
    );
  });
});

describeEverySimd("euclideanNorm(simd, arrays, output)", (simd) => {
  const of = (...arrays: ArrayLike<number>[]) =>
    scoped(simd(), (scope) => {
      const output = unwritten(scope, 1);
      euclideanNorm(
        scope,
        arrays.map((values) => floats(scope, values)),
        output,
      );
      return scope.floats(output)[0]!;
    });

  it.each([0, 1, 3, 5, 17, 4095, 4096, 4097, 20_001])("of %d numbers is that of double precision, rounded", (count) => {
    const values = reals(count);
    const expected = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
    expect(Math.abs(of(values) - expected)).toBeLessThanOrEqual(2 ** -24 * expected);
  });

  it("takes any number of arrays as one vector", () => {
    expect(of()).toBe(0);
    expect(of([3], [], [4])).toBe(5);
    expect(of([3], [], Array<number>(5000).fill(2), [4])).toBe(Math.fround(Math.sqrt(9 + 20_000 + 16)));
  });

  it("does not overflow where squares in single precision would, and lets NaN through", () => {
    expect(of([2e38, 2e38])).toBe(Math.fround(Math.SQRT2 * Math.fround(2e38)));
    expect(of([1, Number.NaN])).toBeNaN();
    expect(of([Infinity])).toBe(Infinity);
  });

  it("refuses an output that holds nothing", () => {
    expect(() => scoped(simd(), (scope) => euclideanNorm(scope, [], scope.allocate(0)))).toThrow(
      new RangeError("euclideanNorm: output must hold at least 1 elements, got 0"),
    );
  });
});
