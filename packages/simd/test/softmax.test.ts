import { expectClose } from "@rnnkit/testing";
import { expect, it } from "vitest";
import { logSoftmaxRows, softmaxRows, crossEntropyRows } from "../src/index.ts";
import { floats, ints, reals, scoped, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

const SIZES = [
  [1, 1],
  [3, 5],
  [7, 33],
  [33, 3],
  [2, 1000],
] as const;

function logProbabilities(row: readonly number[]): number[] {
  const maximum = Math.max(...row);
  const logTotal = maximum + Math.log(row.reduce((sum, x) => sum + Math.exp(x - maximum), 0));
  return row.map((x) => x - logTotal);
}

const rowsOf = (values: ArrayLike<number>, columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, i) => Array.from(values).slice(i * columns, (i + 1) * columns));

describeEverySimd("softmax(simd, args) and logSoftmax", (simd) => {
  it.each(SIZES)("equal their formulas on %d rows of %d", (rows, columns) => {
    const values = reals(rows * columns).map((x) => 8 * x);
    const expected = rowsOf(values, columns).flatMap((row) => logProbabilities(row));
    scoped(simd(), (scope) => {
      const [x, output] = [floats(scope, values), unwritten(scope, values.length)];
      softmaxRows(scope, { x, output, rows, columns });
      expectClose(scope.floats(output), expected.map(Math.exp), { tolerance: 1e-6 });
      logSoftmaxRows(scope, { x, output, rows, columns });
      expectClose(scope.floats(output), expected, { tolerance: 1e-6 });
    });
  });

  it("take large logits, those of −∞, and let NaN through", () => {
    scoped(simd(), (scope) => {
      const rows = [
        [1e30, 1e30, -1e30, -Infinity, -Infinity],
        [-1e4, -1e4, -1e4, -1e4, -1e4],
        [-Infinity, -Infinity, 3, -Infinity, -Infinity],
        [0, 1, Number.NaN, 1, 0],
      ];
      const [x, output] = [floats(scope, rows.flat()), unwritten(scope, 20)];
      softmaxRows(scope, { x, output, rows: 4, columns: 5 });
      const values = rowsOf(scope.floats(output), 5);
      expect(values[0]).toEqual([0.5, 0.5, 0, 0, 0]);
      expectClose(values[1]!, [0.2, 0.2, 0.2, 0.2, 0.2], { tolerance: 1e-6 });
      expect(values[2]).toEqual([0, 0, 1, 0, 0]);
      expect(values[3]!.every(Number.isNaN)).toBe(true);
      logSoftmaxRows(scope, { x, output, rows: 3, columns: 5 });
      expect(rowsOf(scope.floats(output), 5)[2]).toEqual([-Infinity, -Infinity, 0, -Infinity, -Infinity]);
    });
  });

  it("do nothing for no rows, and refuse too little memory", () => {
    scoped(simd(), (scope) => {
      const x = scope.allocate(6);
      softmaxRows(scope, { x: scope.allocate(0), output: scope.allocate(0), rows: 0, columns: 5 });
      expect(() => softmaxRows(scope, { x, output: x, rows: 2, columns: 4 })).toThrow(
        new RangeError("softmax: x must hold at least 8 elements, got 6"),
      );
      expect(() => logSoftmaxRows(scope, { x, output: scope.allocate(1), rows: 2, columns: 3 })).toThrow(
        new RangeError("logSoftmax: output must hold at least 6 elements, got 1"),
      );
    });
  });
});

describeEverySimd("softmaxCrossEntropy(simd, args)", (simd) => {
  const run = (options: {
    logits: ArrayLike<number>;
    targets: number[];
    columns: number;
    mask?: number[];
    smoothing?: number;
    scale?: number;
    isInPlace?: boolean;
  }) =>
    scoped(simd(), (scope) => {
      const rows = options.targets.length;
      const losses = unwritten(scope, rows);
      const logits = floats(scope, options.logits);
      const gradient = options.isInPlace ? logits : unwritten(scope, options.logits.length);
      crossEntropyRows(scope, {
        logits,
        targets: ints(scope, options.targets),
        mask: options.mask && floats(scope, options.mask),
        smoothing: options.smoothing ?? 0,
        scale: options.scale ?? 1,
        rows,
        columns: options.columns,
        losses,
        gradient,
      });
      return { losses: [...scope.floats(losses)], gradient: [...scope.floats(gradient)] };
    });

  it.each([
    { rows: 1, columns: 1 },
    { rows: 5, columns: 7 },
    { rows: 33, columns: 3, smoothing: 0.1 },
    { rows: 17, columns: 30, isMasked: true },
    { rows: 9, columns: 65, isMasked: true, smoothing: 0.3 },
  ])("equals its formula and gradient: %o", ({ rows, columns, smoothing = 0, isMasked = false }) => {
    const logits = reals(rows * columns).map((x) => 5 * x);
    const targets = Array.from({ length: rows }, (_, i) => (i * 5) % columns);
    const mask = isMasked ? Array.from({ length: rows }, (_, i) => [1, 0, 0.25][i % 3]!) : undefined;
    const losses: number[] = [];
    const gradient: number[] = [];
    for (const [i, row] of rowsOf(logits, columns).entries()) {
      const logs = logProbabilities(row);
      const weight = mask?.[i] ?? 1;
      const expected = logs.map((_, j) => (j === targets[i] ? 1 - smoothing : 0) + smoothing / columns);
      losses.push(-weight * logs.reduce((sum, log, j) => sum + log * expected[j]!, 0));
      gradient.push(...logs.map((log, j) => weight * (Math.exp(log) - expected[j]!)));
    }
    const actual = run({ logits, targets, columns, smoothing, ...(mask && { mask }) });
    expectClose(actual.losses, losses, { tolerance: 2e-6 });
    expectClose(actual.gradient, gradient, { tolerance: 2e-6 });
  });

  it("works in place, and scales the gradients alone", () => {
    const logits = reals(5 * 9).map((x) => 5 * x);
    const problem = { logits, targets: [8, 0, 3, 3, 1], columns: 9, mask: [1, 0.5, 0, 1, 1], smoothing: 0.2 };
    const expected = run(problem);
    expect(run({ ...problem, isInPlace: true })).toEqual(expected);
    const scaled = run({ ...problem, isInPlace: true, scale: -0.5 });
    expect(scaled.losses).toEqual(expected.losses);
    expect(scaled.gradient.map((x) => x + 0)).toEqual(expected.gradient.map((x) => -0.5 * x + 0)); // −0 as 0
  });

  it("gives 0 and no gradient to a row of weight 0, whatever stands in it", () => {
    const logits = [Number.NaN, 1, 2, 0, 0, 0];
    const { losses, gradient } = run({ logits, targets: [99, 1], columns: 3, mask: [0, 1] });
    expect(losses[0]).toBe(0);
    expect(gradient.slice(0, 3)).toEqual([0, 0, 0]);
    expectClose(losses.slice(1), [Math.log(3)], { tolerance: 1e-6 });
  });

  it("gives logits of −∞ no probability: no gradient, and an infinite loss to whoever aims at one", () => {
    const logits = [-Infinity, 0, 0, -Infinity, 0, 0];
    const { losses, gradient } = run({ logits, targets: [1, 0], columns: 3 });
    expectClose(losses.slice(0, 1), [Math.log(2)], { tolerance: 1e-6 });
    expect(losses[1]).toBe(Infinity);
    expect(gradient.slice(0, 3)).toEqual([0, -0.5, 0.5]);
  });

  it.each([3, -1, 2 ** 31 - 1])("refuses the target %d of three", (target) => {
    expect(() => run({ logits: new Float32Array(6), targets: [0, target], columns: 3 })).toThrow(
      new RangeError(`softmaxCrossEntropy: targets must be ids from 0 to 2, got ${target}`),
    );
  });

  it("refuses too little memory", () => {
    expect(() => run({ logits: new Float32Array(5), targets: [0, 1], columns: 3 })).toThrow(
      new RangeError("softmaxCrossEntropy: logits must hold at least 6 elements, got 5"),
    );
    expect(() => run({ logits: new Float32Array(6), targets: [0, 1], columns: 3, mask: [1] })).toThrow(
      new RangeError("softmaxCrossEntropy: mask must hold at least 2 elements, got 1"),
    );
  });
});
