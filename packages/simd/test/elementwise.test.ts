import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  combineElements,
  createSimd,
  mapElements,
  type BinaryOperation,
  type Simd,
  type UnaryOperation,
} from "../src/index.ts";
import { floats, reals, scoped, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

const COUNTS = [0, 1, 3, 4, 5, 17, 33, 100];

/** Those that are exact: one rounding, or none. */
const EXACT: readonly (readonly [UnaryOperation, (x: number) => number])[] = [
  ["neg", (x) => -x],
  ["relu", (x) => (x < 0 ? 0 : x)],
  ["square", (x) => x * x],
  ["sqrt", Math.sqrt],
  ["rsqrt", (x) => 1 / Math.fround(Math.sqrt(x))],
  ["abs", Math.abs],
  ["reciprocal", (x) => 1 / x],
];

const SPECIAL = [0, -0, 1, -1, Infinity, -Infinity, Number.NaN, 1e-40, -1e-40, 3.4e38, -3.4e38];

const OPERATIONS: readonly (readonly [BinaryOperation, (x: number, y: number) => number])[] = [
  ["add", (x, y) => x + y],
  ["sub", (x, y) => x - y],
  ["mul", (x, y) => x * y],
  ["div", (x, y) => x / y],
  ["max", Math.max],
  ["min", Math.min],
  ["squaredDifference", (x, y) => Math.fround(x - y) ** 2],
];

type Three = [number, number, number];

describeEverySimd("unary(simd, operation, arrays)", (simd) => {
  it.each(EXACT)("%s is exact, whatever the count", (operation, f) => {
    for (const values of [...COUNTS.map((count) => [...reals(count)]), SPECIAL]) {
      const expected = Float32Array.from(values, (x) => f(Math.fround(x)));
      scoped(simd(), (scope) => {
        const [x, output] = [floats(scope, values), unwritten(scope, values.length)];
        mapElements(scope, operation, { x, output });
        expect([...scope.floats(output)]).toEqual([...expected]);
        mapElements(scope, operation, { x, output: x });
        expect([...scope.floats(x)]).toEqual([...expected]);
      });
    }
  });
});

describeEverySimd("binary(simd, operation, args)", (simd) => {
  const shapes: readonly (readonly [Three, Three, Three])[] = [
    [
      [1, 1, 7],
      [0, 0, 1],
      [0, 0, 1],
    ],
    [
      [1, 1, 7],
      [0, 0, 1],
      [0, 0, 0],
    ],
    [
      [1, 5, 9],
      [0, 9, 1],
      [0, 0, 1],
    ],
    [
      [1, 5, 9],
      [0, 1, 0],
      [0, 9, 1],
    ],
    [
      [1, 5, 9],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [
      [3, 5, 4],
      [20, 4, 1],
      [4, 0, 1],
    ],
    [
      [3, 5, 9],
      [5, 1, 0],
      [0, 9, 1],
    ],
    [
      [3, 1, 1],
      [1, 0, 0],
      [0, 0, 0],
    ],
    [
      [0, 5, 9],
      [45, 9, 1],
      [0, 0, 1],
    ],
    [
      [1, 1, 0],
      [0, 0, 1],
      [0, 0, 1],
    ],
  ];

  it.each(OPERATIONS)("%s equals the same in JavaScript, with broadcasting", (operation, f) => {
    for (const [shape, xStrides, yStrides] of shapes) {
      const [n0, n1, n2] = shape;
      const [xs, ys] = [reals(n0 * n1 * n2 || 1, 1), reals(n0 * n1 * n2 || 1, 2)];
      const expected: number[] = [];
      for (let i = 0; i < n0; i++) {
        for (let j = 0; j < n1; j++) {
          for (let k = 0; k < n2; k++) {
            const at = (strides: Three) => i * strides[0] + j * strides[1] + k * strides[2];
            expected.push(Math.fround(f(xs[at(xStrides)]!, ys[at(yStrides)]!)));
          }
        }
      }
      scoped(simd(), (scope) => {
        const output = unwritten(scope, expected.length);
        combineElements(scope, operation, {
          x: floats(scope, xs),
          y: floats(scope, ys),
          output,
          shape,
          xStrides,
          yStrides,
        });
        expect([...scope.floats(output)]).toEqual(expected);
      });
    }
  });

  it.each(OPERATIONS)("%s takes zeros, infinities and NaN as JavaScript does", (operation, f) => {
    const pairs = SPECIAL.flatMap((x) => SPECIAL.map((y) => [Math.fround(x), Math.fround(y)] as const));
    scoped(simd(), (scope) => {
      const output = unwritten(scope, pairs.length);
      const strides: Three = [0, 0, 1];
      combineElements(scope, operation, {
        x: floats(
          scope,
          pairs.map(([x]) => x),
        ),
        y: floats(
          scope,
          pairs.map(([, y]) => y),
        ),
        output,
        shape: [1, 1, pairs.length],
        xStrides: strides,
        yStrides: strides,
      });
      expect([...scope.floats(output)]).toEqual(pairs.map(([x, y]) => Math.fround(f(x, y))));
    });
  });

  it("splits a long row, and writes over an operand", () => {
    for (const count of [16384, 16385, 49152, 50001]) {
      const [xs, ys] = [reals(count, 1), reals(count, 2)];
      scoped(simd(), (scope) => {
        const [x, y] = [floats(scope, xs), floats(scope, ys)];
        const differs = (expected: (value: number, i: number) => number) => {
          const values = scope.floats(x);
          return xs.findIndex((value, i) => values[i] !== Math.fround(expected(value, i)));
        };
        combineElements(scope, "mul", {
          x,
          y,
          output: x,
          shape: [1, 1, count],
          xStrides: [0, 0, 1],
          yStrides: [0, 0, 1],
        });
        expect(differs((value, i) => value * ys[i]!)).toBe(-1);
        combineElements(scope, "sub", {
          x,
          y,
          output: x,
          shape: [1, 1, count],
          xStrides: [0, 0, 1],
          yStrides: [0, 0, 0],
        });
        expect(differs((value, i) => Math.fround(value * ys[i]!) - ys[0]!)).toBe(-1);
      });
    }
  });
});

/** Units in the last place between two floats: how many floats lie from one to the other. */
const words = new Int32Array(2);
const pair = new Float32Array(words.buffer);
function ulps(a: number, b: number): number {
  pair[0] = a;
  pair[1] = b;
  const ordered = (word: number) => (word < 0 ? -(word & 0x7fffffff) : word);
  return Math.abs(ordered(words[0]!) - ordered(words[1]!));
}

const SMALLEST_NORMAL = 2 ** -126;

/** What each may be off by: in units of the last place where the result is a normal float, absolutely where it is less. */
const FUNCTIONS: readonly (readonly [UnaryOperation, (x: number) => number, number])[] = [
  ["exp", Math.exp, 5], // in the last half of a power of two before it overflows; else 1
  ["log", Math.log, 2],
  ["tanh", Math.tanh, 6],
  ["sigmoid", (x) => 1 / (1 + Math.exp(-x)), 4],
];

describe.each([true, false])("unary(simd, operation, arrays) with fused multiply-add allowed: %s", (allowsFused) => {
  let simd: Simd;
  beforeAll(async () => {
    simd = await createSimd({ numThreads: 1, allowsFused });
  });
  afterAll(() => {
    simd.dispose();
  });

  const apply = (operation: UnaryOperation, values: ArrayLike<number>) =>
    scoped(simd, (scope) => {
      const x = floats(scope, values);
      mapElements(scope, operation, { x, output: x });
      return scope.floats(x).slice();
    });

  it.each(FUNCTIONS)("%s is accurate over every exponent and sign", (operation, f, limit) => {
    // All signs and exponents with mantissas spread over all values, then what the function varies most on.
    const inputs = new Float32Array(300_000);
    const inputWords = new Int32Array(inputs.buffer);
    for (let i = 0; i < 200_000; i++) inputWords[i] = Math.imul(i, 21_475) ^ (i << 13);
    for (let i = 200_000; i < 300_000; i++) inputs[i] = (i - 250_000) / 500;
    const outputs = apply(operation, inputs);
    let worst = { error: 0, x: 0, got: 0 };
    for (const [i, x] of inputs.entries()) {
      const [expected, got] = [Math.fround(f(x)), outputs[i]!];
      let error = ulps(got, expected);
      if (Number.isNaN(expected)) error = Number.isNaN(got) ? 0 : Infinity;
      else if (Math.abs(expected) < SMALLEST_NORMAL) error = Math.abs(got - expected) <= SMALLEST_NORMAL ? 0 : Infinity;
      if (error > worst.error) worst = { error, x, got };
    }
    expect(worst.error, JSON.stringify(worst)).toBeLessThanOrEqual(limit);
  });

  it.each<[UnaryOperation, number[], number[]]>([
    ["exp", [0, -0, Infinity, -Infinity, Number.NaN, 88.73, -104], [1, 1, Infinity, 0, Number.NaN, Infinity, 0]],
    [
      "log",
      [1, 0, -0, Infinity, -1, -Infinity, Number.NaN],
      [0, -Infinity, -Infinity, Infinity, Number.NaN, Number.NaN, Number.NaN],
    ],
    ["tanh", [0, -0, Infinity, -Infinity, Number.NaN, 20, -20], [0, -0, 1, -1, Number.NaN, 1, -1]],
    ["sigmoid", [0, -0, Infinity, -Infinity, Number.NaN, 20, -200], [0.5, 0.5, 1, 0, Number.NaN, 1, 0]],
  ])("%s has its limits exactly", (operation, inputs, expected) => {
    expect([...apply(operation, inputs)]).toEqual(expected);
  });

  it("sigmoid and tanh give no subnormal numbers, which are slow", () => {
    fc.assert(
      fc.property(fc.float({ min: -1000, max: 1000, noNaN: true }), (x) => {
        for (const operation of ["sigmoid", "tanh"] as const) {
          const value = Math.abs(apply(operation, [x])[0]!);
          expect(value === 0 || value >= SMALLEST_NORMAL || Math.abs(x) < 1e-30, `${operation}(${x}) = ${value}`).toBe(
            true,
          );
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
