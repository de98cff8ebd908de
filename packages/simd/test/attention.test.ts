import { expect, it } from "vitest";
import { attentionBackward, attentionForward, type AttentionOperands, type Simd } from "../src/index.ts";
import { floats, reals, scoped, splitting, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

const SIZES = { batchSize: 5, numQueries: 2, numKeys: 7, width: 6, valueWidth: 9 } as const;

/** Forward and back; the values and gradients against formulas are the affair of `attentionContract`. */
function run(simd: Simd, isAdditive: boolean): number[][] {
  return scoped(simd, (scope) => {
    const { batchSize, numQueries, numKeys, width, valueWidth } = SIZES;
    const sizes = [numQueries * width, numKeys * width, numKeys * valueWidth].map((size) => batchSize * size);
    const [queries, keys, values] = sizes.map((size, i) => floats(scope, reals(size, i + 1))) as [never, never, never];
    const operands: AttentionOperands = {
      ...{ ...SIZES, queries, keys, values },
      ...(isAdditive && { vector: floats(scope, reals(width, 4)) }),
      lengths: [7, 1, 3, 4, 6],
    };
    const weights = unwritten(scope, batchSize * numQueries * numKeys);
    const context = unwritten(scope, batchSize * numQueries * valueWidth);
    attentionForward(scope, { ...operands, weights, context });
    const [forQueries, forKeys, forValues] = sizes.map((size) => unwritten(scope, size)) as [never, never, never];
    const forVector = isAdditive ? unwritten(scope, batchSize * width) : undefined;
    attentionBackward(scope, {
      ...{ ...operands, weights },
      contextGradient: floats(scope, reals(context.length, 5)),
      weightsGradient: floats(scope, reals(weights.length, 6)),
      ...{ queriesGradient: forQueries, keysGradient: forKeys, valuesGradient: forValues, vectorGradient: forVector },
    });
    const written = [weights, context, forQueries, forKeys, forValues, ...(forVector ? [forVector] : [])];
    return written.map((array) => [...scope.floats(array)]);
  });
}

describeEverySimd("attentionForward(simd, args) and attentionBackward", (simd) => {
  it.each([true, false])("write every element, the same for every number of tasks; additive %s", (isAdditive) => {
    const expected = run(splitting(simd(), 1), isAdditive);
    expect(expected.flat().every(Number.isFinite)).toBe(true);
    for (const numTasks of [2, 3, 5]) expect(run(splitting(simd(), numTasks), isAdditive)).toEqual(expected);
  });

  it("refuse a length that is none, and arrays that hold too little", () => {
    scoped(simd(), (scope) => {
      const array = scope.allocate(4);
      const operands = {
        batchSize: 1,
        numQueries: 1,
        numKeys: 2,
        width: 2,
        valueWidth: 2,
        queries: array,
        keys: array,
      };
      const args = { ...operands, values: array, weights: array, context: array };
      const used = scope.numArrays;
      expect(() => attentionForward(scope, { ...args, lengths: [0] })).toThrow(
        "attention: lengths must be integers from 1 to 2, got 0 for row 0",
      );
      expect(() => attentionForward(scope, { ...args, numKeys: 3 })).toThrow("attention: keys must hold at least 6");
      expect(() => attentionForward(scope, { ...args, context: scope.allocate(1) })).toThrow("attention: context must");
      expect(scope.numArrays).toBe(used + 1);
    });
  });
});
