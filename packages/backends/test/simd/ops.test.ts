import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { afterAll, describe, expect, it } from "vitest";
import { registerSimd, SIMD_BACKEND } from "../../src/simd/register-simd.ts";
import { OP_CASES, type OpCase } from "./op-cases.ts";

registerSimd({ numThreads: 2 });

interface Result {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly values: ArrayLike<number> | readonly string[];
}

async function results(backend: string, compute: OpCase[1]): Promise<Result[]> {
  await tf.setBackend(backend);
  return tf.tidy(() =>
    [compute()].flat(2).map((tensor) => ({
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: tensor.dataSync<"float32">(),
    })),
  ) as never;
}

afterAll(async () => {
  await tf.setBackend("cpu");
});

describe("an operation of TensorFlow.js on the rnnkit-simd backend", () => {
  it("is looked at in more than 120 cases", () => {
    expect(OP_CASES.length).toBeGreaterThan(120);
    expect(new Set(OP_CASES.map(([name]) => name)).size).toBe(OP_CASES.length);
  });

  it.each(OP_CASES)("gives what it gives on cpu: %s", async (_, compute) => {
    const expected = await results("cpu", compute);
    const actual = await results(SIMD_BACKEND, compute);
    expect(actual.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
      expected.map(({ shape, dtype }) => ({ shape, dtype })),
    );
    for (const [i, result] of expected.entries()) expectSame(actual[i]!, result, `result ${i}`);
  });
});

/** Integers, truth values, strings and numbers that are not finite must be the same; the others agree as sums of a different order do. */
function expectSame(actual: Result, expected: Result, label: string): void {
  const isFloat = expected.dtype === "float32" || expected.dtype === "complex64";
  const numbers = ({ values }: Result) => (isFloat ? Array.from(values as number[]) : []);
  const exact = (result: Result) =>
    isFloat ? numbers(result).map((x) => (Number.isFinite(x) ? 0 : x)) : Array.from<unknown>(result.values);
  const finite = (result: Result) => numbers(result).map((x) => (Number.isFinite(x) ? x : 0));
  expect(exact(actual), label).toEqual(exact(expected));
  expectClose(finite(actual), finite(expected), { tolerance: 2e-5, label });
}
