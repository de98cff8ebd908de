import { afterEach, describe, expect, it, vi } from "vitest";
import { createSimd, type SimdOptions } from "../src/index.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const numThreads = async (options?: SimdOptions) => {
  const simd = await createSimd(options);
  simd.dispose();
  return simd.numThreads;
};

describe("createSimd(options)", () => {
  it("computes on as many threads as numThreads says, or RNNKIT_THREADS where it says nothing", async () => {
    vi.stubEnv("RNNKIT_THREADS", "3");
    expect(await numThreads()).toBe(3);
    expect(await numThreads({ numThreads: 2 })).toBe(2);
    vi.stubEnv("RNNKIT_THREADS", "1");
    expect(await numThreads()).toBe(1);
  });

  it.each(["", undefined])(
    "takes 1 to 8 threads, as the machine has them, where RNNKIT_THREADS is %j",
    async (value) => {
      vi.stubEnv("RNNKIT_THREADS", value);
      const { availableParallelism } = await import("node:os");
      expect(await numThreads()).toBe(Math.min(8, availableParallelism()));
    },
  );

  it.each([0, -1, 1.5, 65, Number.NaN])("refuses %s threads", async (count) => {
    await expect(createSimd({ numThreads: count })).rejects.toThrow(
      new RangeError(`createSimd: numThreads must be an integer from 1 to 64, got ${count}`),
    );
  });

  it.each(["0", "two", "1.5", "65"])("refuses RNNKIT_THREADS=%s", async (value) => {
    vi.stubEnv("RNNKIT_THREADS", value);
    await expect(createSimd()).rejects.toThrow(
      new RangeError(`createSimd: RNNKIT_THREADS must be an integer from 1 to 64, got ${value}`),
    );
  });

  it.each([0, 1e6, 2 ** 32, Number.NaN])("refuses maxBytes of %s", async (maxBytes) => {
    await expect(createSimd({ maxBytes })).rejects.toThrow(
      new RangeError(`createSimd: maxBytes must be from 2097152 to 4294901760, got ${maxBytes}`),
    );
  });

  it("uses no fused multiply-add where allowsFused is false, or RNNKIT_FUSED is 0", async () => {
    const isFused = async (options?: SimdOptions) => {
      const simd = await createSimd({ numThreads: 1, ...options });
      simd.dispose();
      return simd.isFused;
    };
    expect(await isFused({ allowsFused: false })).toBe(false);
    vi.stubEnv("RNNKIT_FUSED", "0");
    expect(await isFused()).toBe(false);
  });
});
