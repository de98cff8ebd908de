import { expectClose } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matMul, type Activation, type MatMulArguments, type Simd } from "../src/index.ts";
import { floats, reals, scoped, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";
import { createSimd } from "../src/index.ts";

interface Product {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly batchSize: number;
  readonly isAShared: boolean;
  readonly isBShared: boolean;
  readonly isATransposed: boolean;
  readonly isBTransposed: boolean;
  readonly hasBias: boolean;
  readonly activation: Activation;
  readonly scale: number;
}

const PLAIN: Product = {
  rows: 1,
  columns: 1,
  depth: 1,
  batchSize: 1,
  isAShared: false,
  isBShared: false,
  isATransposed: false,
  isBTransposed: false,
  hasBias: false,
  activation: "none",
  scale: 1,
};

const FUNCTIONS: Readonly<Record<Activation, (x: number) => number>> = {
  none: (x) => x,
  relu: (x) => Math.max(0, x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};

const bools = [false, true];
const SIZES = [1, 3, 5, 8, 17, 33];

function operands({ rows, columns, depth, batchSize, isAShared, isBShared, hasBias }: Product) {
  return {
    a: reals(rows * depth * (isAShared ? 1 : batchSize), 1),
    b: reals(depth * columns * (isBShared ? 1 : batchSize), 2),
    bias: hasBias ? reals(columns, 3) : undefined,
  };
}

/** In double precision. */
function expected(product: Product): number[] {
  const { rows, columns, depth, batchSize, isAShared, isBShared, isATransposed, isBTransposed, activation, scale } =
    product;
  const { a, b, bias } = operands(product);
  const values: number[] = [];
  for (let batch = 0; batch < batchSize; batch++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let k = 0; k < depth; k++) {
          const inA = isATransposed ? k * rows + row : row * depth + k;
          const inB = isBTransposed ? column * depth + k : k * columns + column;
          sum += a[(isAShared ? 0 : batch * rows * depth) + inA]! * b[(isBShared ? 0 : batch * depth * columns) + inB]!;
        }
        values.push(FUNCTIONS[activation](scale * sum + (bias?.[column] ?? 0)));
      }
    }
  }
  return values;
}

function actual(simd: Simd, product: Product): Float32Array {
  return scoped(simd, (scope) => {
    const { a, b, bias } = operands(product);
    const output = unwritten(scope, product.batchSize * product.rows * product.columns);
    const args: MatMulArguments = {
      a: floats(scope, a),
      b: floats(scope, b),
      bias: bias && floats(scope, bias),
      output,
      ...product,
    };
    matMul(scope, args);
    return scope.floats(output).slice();
  });
}

const expectProduct = (simd: Simd, product: Product) =>
  expectClose(actual(simd, product), expected(product), { tolerance: 3e-6, label: JSON.stringify(product) });

describeEverySimd("matMul(simd, args)", (simd) => {
  it("multiplies whatever the sizes and transposes", () => {
    for (const rows of SIZES) {
      for (const columns of SIZES) {
        for (const depth of SIZES) {
          for (const isATransposed of bools) {
            for (const isBTransposed of bools) {
              expectProduct(simd(), { ...PLAIN, rows, columns, depth, isATransposed, isBTransposed });
            }
          }
        }
      }
    }
  });

  it("gives the bias, or zeros, where nothing is summed", () => {
    expectProduct(simd(), { ...PLAIN, rows: 3, columns: 9, depth: 0 });
    expectProduct(simd(), { ...PLAIN, rows: 3, columns: 9, depth: 0, hasBias: true, activation: "relu" });
    expectProduct(simd(), { ...PLAIN, rows: 1, columns: 33, depth: 0, hasBias: true });
    expectProduct(simd(), { ...PLAIN, rows: 1, columns: 33, depth: 0, isBTransposed: true });
  });

  it("writes nothing where there are no rows, no columns or no batch", () => {
    for (const empty of [{ rows: 0 }, { columns: 0 }, { batchSize: 0 }]) {
      expect(actual(simd(), { ...PLAIN, rows: 3, columns: 3, depth: 3, ...empty })).toHaveLength(0);
    }
  });

  it("sums over more than a cache holds, in one row and in many", () => {
    for (const rows of [1, 6]) {
      for (const isBTransposed of bools) {
        expectProduct(simd(), { ...PLAIN, rows, columns: 19, depth: 1300, isBTransposed, hasBias: true });
      }
    }
  });

  it("does all at once: batches, shared operands, transposes, bias, activation", () => {
    const size = fc.integer({ min: 1, max: 21 });
    const anyProduct: fc.Arbitrary<Product> = fc.record({
      rows: size,
      columns: fc.integer({
        min: 1,
        max: 40,
      }),
      depth: size,
      batchSize: fc.integer({
        min: 1,
        max: 5,
      }),
      isAShared: fc.boolean(),
      isBShared: fc.boolean(),
      isATransposed: fc.boolean(),
      isBTransposed: fc.boolean(),
      hasBias: fc.boolean(),
      activation: fc.constantFrom("none", "relu", "sigmoid", "tanh"),
      scale: fc.constantFrom(1, 0, -0.5),
    });
    fc.assert(
      fc.property(anyProduct, (product) => expectProduct(simd(), product)),
      { numRuns: 300, seed: 3 },
    );
  });

  it("leaves no memory behind", () => {
    const { usedBytes, numArrays } = simd();
    actual(simd(), { ...PLAIN, rows: 9, columns: 9, depth: 9 });
    expect([simd().usedBytes, simd().numArrays]).toEqual([usedBytes, numArrays]);
  });
});

describe("matMul(simd, args)", () => {
  it("takes a NaN and an infinity for what they are", async () => {
    const simd = await createSimd({ numThreads: 1 });
    const product = (values: number[], activation: Activation) =>
      scoped(simd, (scope) => {
        const output = unwritten(scope, values.length);
        const [a, b] = [floats(scope, values), floats(scope, [1])];
        matMul(scope, { a, b, output, rows: values.length, columns: 1, depth: 1, activation });
        return [...scope.floats(output)];
      });
    const values = [Number.NaN, Infinity, -Infinity, 2];
    expect(product(values, "none")).toEqual(values);
    expect(product(values, "relu")).toEqual([Number.NaN, Infinity, 0, 2]);
    expect(product(values, "tanh").map((x) => Number(x.toFixed(6)))).toEqual([Number.NaN, 1, -1, 0.964028]);
    expect(product(values, "sigmoid").map((x) => Number(x.toFixed(6)))).toEqual([Number.NaN, 1, 0, 0.880797]);
    simd.dispose();
  });

  it.each([
    ["a", { rows: 3 }, 6, 4],
    ["b", { columns: 3 }, 6, 4],
    ["b", { batchSize: 2, isAShared: true }, 8, 4],
    ["output", { batchSize: 2, isAShared: true, isBShared: true }, 8, 4],
    ["bias", { hasBias: true }, 2, 1],
  ])("refuses %s that does not hold what %o says", async (name, sizes, wanted, got) => {
    const simd = await createSimd({ numThreads: 1 });
    scoped(simd, (scope) => {
      const [a, b, output] = [scope.allocate(4), scope.allocate(4), scope.allocate(name === "output" ? 4 : 16)];
      const bias = "hasBias" in sizes ? scope.allocate(1) : undefined;
      expect(() => matMul(scope, { a, b, output, bias, rows: 2, columns: 2, depth: 2, ...sizes })).toThrow(
        new RangeError(`matMul: ${name} must hold at least ${wanted} elements, got ${got}`),
      );
    });
    simd.dispose();
  });
});
