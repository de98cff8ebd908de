import { availableParallelism } from "node:os";
import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it } from "vitest";
import { useBackend } from "../src/index.ts";

afterEach(async () => {
  await tf.setBackend("cpu");
});

describe("useBackend(options)", () => {
  it("without a name takes rnnkit-simd, and says so", async () => {
    const numThreads = Math.min(8, availableParallelism());
    expect(await useBackend()).toEqual({ name: "rnnkit-simd", reason: "the fastest that starts here", numThreads });
    expect(tf.getBackend()).toBe("rnnkit-simd");
  });

  it("takes the number of threads that it is given, at any time", async () => {
    const tensor = await useBackend().then(() => tf.tensor1d([1, 2]));
    for (const numThreads of [3, 1, 2]) expect(await useBackend({ numThreads })).toMatchObject({ numThreads });
    expect([...tensor.dataSync()]).toEqual([1, 2]);
    tensor.dispose();
    await expect(useBackend({ numThreads: 0 })).rejects.toThrow(
      "useThreads: numThreads must be an integer from 1 to 64, got 0",
    );
  });

  it.each(["cpu", "wasm"] as const)("takes %s by name, and it computes", async (name) => {
    expect(await useBackend({ name })).toEqual({ name, reason: "asked for", numThreads: 1 });
    expect(tf.getBackend()).toBe(name);
    tf.tidy(() => {
      expect(tf.sum(tf.tensor1d([1, 2, 3])).dataSync()[0]).toBe(6);
    });
  });

  it.each([
    ["tensorflow", "@tensorflow/tfjs-node"],
    ["tensorflow-gpu", "@tensorflow/tfjs-node-gpu"],
  ] as const)(
    "refuses %s where its package is not installed, says what to install, and keeps the backend",
    async (name, packageName) => {
      await tf.setBackend("cpu");
      await expect(useBackend({ name })).rejects.toThrow(
        `useBackend: ${name} needs the package ${packageName}; install it with npm install ${packageName}`,
      );
      expect(tf.getBackend()).toBe("cpu");
    },
  );

  it("refuses a backend that does not start on this platform, and keeps the one before", async () => {
    await useBackend({ name: "wasm" });
    await expect(useBackend({ name: "webgl" })).rejects.toThrow("useBackend: webgl does not start on this platform");
    expect(tf.getBackend()).toBe("wasm");
  });

  it.each(["abacus", "__proto__"])("refuses the unknown name %s", async (name) => {
    await expect(useBackend({ name: name as never })).rejects.toThrow(
      `useBackend: name must be one of rnnkit-simd, wasm, cpu, webgl, tensorflow, tensorflow-gpu, got ${name}`,
    );
  });
});
