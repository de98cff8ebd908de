import fc from "fast-check";
import { expect, it } from "vitest";
import { stridedCopy } from "../src/index.ts";
import { floats, ints, scoped } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

const dense = (shape: readonly number[]): number[] =>
  shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));

function* positions(shape: readonly number[]): Generator<number[]> {
  const [size, ...rest] = shape;
  if (size === undefined) return yield [];
  for (let i = 0; i < size; i++) for (const position of positions(rest)) yield [i, ...position];
}

const offsetOf = (position: readonly number[], strides: readonly number[]) =>
  position.reduce((at, index, axis) => at + index * strides[axis]!, 0);

describeEverySimd("stridedCopy(simd, args)", (simd) => {
  it("copies any slice of a source in any order of axes, repeated along some, into any part of a target", () => {
    const cases = fc
      .array(fc.record({ size: fc.integer({ min: 0, max: 9 }), from: fc.nat({ max: 2 }), isRepeated: fc.boolean() }), {
        minLength: 0,
        maxLength: 4,
      })
      .chain((axes) =>
        fc.record({
          axes: fc.constant(axes),
          order: fc.shuffledSubarray([...axes.keys()], { minLength: axes.length }),
          margin: fc.nat({ max: 3 }),
        }),
      );
    fc.assert(
      fc.property(cases, ({ axes, order, margin }) => {
        const sourceShape = axes.map(({ size, from, isRepeated }) => (isRepeated ? 1 : size + from + 1));
        const strides = dense(sourceShape);
        const sourceOffset = offsetOf(
          axes.map(({ from, isRepeated }) => (isRepeated ? 0 : from)),
          strides,
        );
        const shape = order.map((axis) => axes[axis]!.size);
        const sourceStrides = order.map((axis) => (axes[axis]!.isRepeated ? 0 : strides[axis]!));
        const targetShape = shape.map((size, i) => (i === shape.length - 1 ? size + margin : size));
        const targetStrides = dense(targetShape);
        const source = Float32Array.from({ length: sourceShape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1);
        const expected = new Float32Array(targetShape.reduce((a, b) => a * b, 1) + margin).fill(-1);
        for (const position of positions(shape)) {
          expected[margin + offsetOf(position, targetStrides)] =
            source[sourceOffset + offsetOf(position, sourceStrides)]!;
        }
        scoped(simd(), (scope) => {
          const target = floats(scope, new Float32Array(expected.length).fill(-1));
          const from = floats(scope, source);
          stridedCopy(scope, {
            shape,
            source: from,
            sourceOffset,
            sourceStrides,
            target,
            targetOffset: margin,
            targetStrides,
          });
          expect([...scope.floats(target)]).toEqual([...expected]);
        });
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it.each([
    [1, 1],
    [3, 5],
    [4, 4],
    [17, 33],
    [64, 7],
  ])("transposes %d rows of %d, bit for bit", (rows, columns) => {
    scoped(simd(), (scope) => {
      const words = Array.from({ length: rows * columns }, (_, i) => (i % 3 ? i : 0x7fc00000 + i)); // NaNs with a payload
      const [source, target] = [ints(scope, words), scope.allocate(words.length)];
      stridedCopy(scope, {
        shape: [columns, rows],
        source,
        sourceStrides: [1, columns],
        target,
        targetStrides: [rows, 1],
      });
      const expected = Array.from(words, (_, i) => words[(i % rows) * columns + Math.floor(i / rows)]);
      expect([...scope.ints(target)]).toEqual(expected);
    });
  });

  it("refuses five axes, and what reaches beyond an array", () => {
    scoped(simd(), (scope) => {
      const [source, target] = [scope.allocate(6), scope.allocate(6)];
      const five = [1, 1, 1, 1, 1];
      expect(() =>
        stridedCopy(scope, { shape: five, source, sourceStrides: five, target, targetStrides: five }),
      ).toThrow(new RangeError("stridedCopy: shape must have at most 4 axes, got 5"));
      const args = { shape: [2, 3], source, sourceStrides: [3, 1], target, targetStrides: [3, 1] };
      stridedCopy(scope, args);
      expect(() => stridedCopy(scope, { ...args, sourceOffset: 1 })).toThrow(
        new RangeError("stridedCopy: source must hold at least 7 elements, got 6"),
      );
      expect(() => stridedCopy(scope, { ...args, targetStrides: [5, 1] })).toThrow(
        new RangeError("stridedCopy: target must hold at least 8 elements, got 6"),
      );
    });
  });
});
