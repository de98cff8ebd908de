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
    for (const [i, { values, dtype }] of expected.entries()) {
      if (dtype === "float32" || dtype === "complex64") expectCloseOrEqual(actual[i]!.values, values, `result ${i}`);
      else expect(actual[i]!.values, `result ${i}`).toEqual(values);
    }
  });
});

/** Numbers that are not finite must be the same; the others must agree as sums of a different order do. */
function expectCloseOrEqual(actual: Result["values"], expected: Result["values"], label: string): void {
  const [got, wanted] = [Array.from(actual as number[]), Array.from(expected as number[])];
  const odd = (values: number[]) => values.map((x) => (Number.isFinite(x) ? 0 : x));
  const finite = (values: number[]) => values.map((x) => (Number.isFinite(x) ? x : 0));
  expect(odd(got), label).toEqual(odd(wanted));
  expectClose(finite(got), finite(wanted), { tolerance: 2e-5, label });
}
