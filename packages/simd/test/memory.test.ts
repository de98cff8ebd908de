import { afterEach, describe, expect, it, vi } from "vitest";
import {
  createSimd,
  matMul,
  softmaxRows,
  euclideanNorm,
  mapElements,
  type Simd,
  type SimdArray,
} from "../src/index.ts";
import { forward } from "./forward.ts";
import { floats, reals, scoped, unwritten } from "./arrays.ts";

const MEBI = 1 << 20;
const made: Simd[] = [];

async function simdOf(options: Parameters<typeof createSimd>[0]): Promise<Simd> {
  const simd = await createSimd(options);
  made.push(simd);
  return simd;
}

afterEach(() => {
  vi.unstubAllGlobals();
  for (const simd of made.splice(0)) simd.dispose();
});

describe("simd.allocate(length)", () => {
  it("gives memory for so many elements, also none, which floats and ints show as the same bits", async () => {
    const simd = await simdOf({ numThreads: 1 });
    const array = simd.allocate(3);
    simd.floats(array).set([1, -0, Number.NaN]);
    expect([...simd.ints(array).subarray(0, 2)]).toEqual([0x3f800000, -0x80000000]);
    expect(simd.floats(simd.allocate(0))).toHaveLength(0);
    expect(simd.numArrays).toBe(2);
  });

  it("throws a RangeError that says how much is in use when memory is exhausted, and all goes on after it", async () => {
    const simd = await simdOf({ numThreads: 2, maxBytes: 4 * MEBI });
    const kept = floats(simd, reals(1000));
    const before = [...simd.floats(kept)];
    const { usedBytes, numArrays } = simd;
    expect(() => simd.allocate(2 * MEBI)).toThrow(
      new RangeError(
        `simd: memory must hold ${8 * MEBI} more bytes, and has ${usedBytes} of at most ${4 * MEBI} in use`,
      ),
    );
    expect([simd.usedBytes, simd.numArrays]).toEqual([usedBytes, numArrays]);
    const blocks: SimdArray[] = [];
    expect(() => {
      while (true) blocks.push(simd.allocate(10_000));
    }).toThrow(RangeError);
    expect(blocks.length).toBeGreaterThan(70);
    for (const block of blocks) simd.free(block);
    expect([...simd.floats(kept)]).toEqual(before);
    const large = simd.allocate(700_000);
    mapElements(simd, "square", { x: kept, output: kept });
    expect([...simd.floats(kept)]).toEqual(before.map((x) => Math.fround(x * x)));
    simd.free(large);
    simd.free(kept);
    expect([simd.usedBytes, simd.numArrays]).toEqual([0, 0]);
  });

  it.each(["shared", "not shared"])("keeps what arrays hold when memory that is %s grows", async (form) => {
    if (form === "not shared") vi.stubGlobal("SharedArrayBuffer", undefined);
    const simd = await simdOf({ numThreads: 2 });
    expect(simd.numThreads).toBe(form === "shared" ? 2 : 1);
    const first = floats(simd, [1, 2, 3]);
    const early = simd.floats(first).buffer;
    const large = simd.allocate(3 * MEBI);
    simd.floats(large).fill(2);
    expect([...simd.floats(first)]).toEqual([1, 2, 3]);
    expect(simd.owns(early) && simd.owns(simd.floats(large).buffer)).toBe(true);
    expect(simd.owns(new ArrayBuffer(8))).toBe(false);
    const norm = simd.allocate(1);
    euclideanNorm(simd, [large], norm);
    expect([...simd.floats(norm)]).toEqual([Math.fround(Math.sqrt(12 * MEBI))]);
  });

  it.each([-1, 0.5, Number.NaN, Infinity])("refuses a length of %s", async (length) => {
    const simd = await simdOf({ numThreads: 1 });
    expect(() => simd.allocate(length)).toThrow(
      new RangeError(`simd.allocate: length must be an integer of at least 0, got ${length}`),
    );
    expect(simd.numArrays).toBe(0);
  });

  it("gives out all of maxBytes but the first three pages, however the memory grew", async () => {
    const simd = await simdOf({ numThreads: 1, maxBytes: 4 * MEBI });
    const small = simd.allocate(1000);
    const rest = simd.allocate(MEBI - 1000 - 3 * 16384 - 16); // in elements; a block is padded to 16 of them
    simd.free(small);
    simd.free(rest);
    expect(simd.floats(simd.allocate(MEBI - 3 * 16384))).toHaveLength(MEBI - 3 * 16384);
  });
});

describe("simd.free(array)", () => {
  it("refuses an array that was given back before", async () => {
    const simd = await simdOf({ numThreads: 1 });
    const array = simd.allocate(10);
    simd.free(array);
    expect(() => simd.free(array)).toThrow(/free: array must be one that is given out/);
  });
});

describe("kernels that need memory of their own", () => {
  const SIZE = 600;

  it("leave nothing behind when it is exhausted, and work when there is some again", async () => {
    const simd = await simdOf({ numThreads: 1, maxBytes: 6 * MEBI });
    const [a, b, output] = [reals(SIZE * SIZE), reals(SIZE * SIZE, 2), reals(SIZE * SIZE, 3)].map((x) =>
      floats(simd, x),
    );
    const product = { a: a!, b: b!, output: output!, rows: SIZE, columns: SIZE, depth: SIZE };
    const blocker = simd.allocate(300_000);
    const { usedBytes, numArrays } = simd;
    expect(() => matMul(simd, product)).toThrow(RangeError);
    const weights = { inputWeight: a!, recurrentWeight: b! };
    const sizes = { kind: "rnn-tanh", batchSize: 1, numSteps: 1, inputSize: SIZE, hiddenSize: SIZE } as const;
    const state = floats(simd, new Float32Array(SIZE));
    const run = () =>
      forward(simd, {
        ...sizes,
        hasIds: false,
        isDifferentiable: true,
        isReverse: false,
        parameters: weights,
        inputs: state,
        initialState: [state],
        outputs: output!,
        finalState: [output!],
      });
    expect(run).toThrow(RangeError);
    expect(() => simd.allocate(300_000)).toThrow(RangeError);
    simd.free(state);
    expect([simd.usedBytes, simd.numArrays]).toEqual([usedBytes, numArrays]);
    simd.free(blocker);
    matMul(simd, product);
    expect(simd.numArrays).toBe(3);
    expect(simd.floats(output!).every((value) => Number.isFinite(value))).toBe(true);
  });
});

describe("simd.dispose()", () => {
  it("ends the threads, twice does no harm, and a kernel after it is an error", async () => {
    const simd = await simdOf({ numThreads: 2 });
    scoped(simd, (scope) => {
      const x = floats(scope, reals(300_000));
      softmaxRows(scope, { x, output: unwritten(scope, 300_000), rows: 300, columns: 1000 });
      simd.dispose();
      simd.dispose();
      expect(() => mapElements(scope, "exp", { x, output: x })).toThrow("simd: already disposed");
    });
  });
});
