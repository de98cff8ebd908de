import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll } from "vitest";
import { registerSimd, SIMD_BACKEND } from "../../src/simd/register-simd.ts";
import type { SimdBackend } from "../../src/simd/simd-backend.ts";

/** Runs the file's tests on rnnkit-simd. */
export function useSimd(options?: Parameters<typeof registerSimd>[0]): void {
  registerSimd(options);
  beforeAll(async () => {
    await tf.setBackend(SIMD_BACKEND);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });
}

export const simdBackend = (): SimdBackend => tf.backend() as SimdBackend;

/** What the kernels' memory holds. */
export const simdMemory = (): { usedBytes: number; numArrays: number } => {
  const { usedBytes, numArrays } = simdBackend().simd;
  return { usedBytes, numArrays };
};

/** The values that `body` gives on another backend. */
export async function onBackend<Value>(name: string, body: () => Value | Promise<Value>): Promise<Value> {
  const before = tf.getBackend();
  await tf.setBackend(name);
  try {
    return await body();
  } finally {
    await tf.setBackend(before);
  }
}
