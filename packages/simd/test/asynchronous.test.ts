import { withoutWorkers } from "@rnnkit/testing";
import { afterEach, describe, expect, it } from "vitest";
import { combineElements, createSimd, mapElements, type Simd, type SimdArray, type SimdOptions } from "../src/index.ts";
import { floats, ints, reals, scoped, splitting } from "./arrays.ts";

const made: Simd[] = [];

async function simdOf(options: SimdOptions): Promise<Simd> {
  const simd = await createSimd(options);
  made.push(simd);
  return simd;
}

afterEach(() => {
  for (const simd of made.splice(0)) simd.dispose();
});

const LENGTH = 1000;

/** target = x + y */
function add(simd: Simd, x: SimdArray, y: SimdArray, target: SimdArray): void {
  const strides = [0, LENGTH / 8, 1] as [number, number, number];
  const shape = [1, 8, LENGTH / 8] as [number, number, number];
  combineElements(simd, "add", { x, y, output: target, shape, xStrides: strides, yStrides: strides });
}

describe("kernels that are asynchronous", () => {
  it("run when the other threads come to them, or somebody asks for memory, or synchronizes", async () => {
    withoutWorkers();
    const simd = splitting(await simdOf({ numThreads: 2, isAsync: true }), 2);
    const x = floats(simd, [1, 2, 3]);
    const view = simd.floats(x);
    mapElements(simd, "neg", { x, output: x });
    expect([...view]).toEqual([1, 2, 3]);
    simd.synchronize();
    expect([...view]).toEqual([-1, -2, -3]);
    mapElements(simd, "neg", { x, output: x });
    expect([...view]).toEqual([-1, -2, -3]);
    simd.ints(x);
    expect([...view]).toEqual([1, 2, 3]);
    mapElements(simd, "neg", { x, output: x });
    expect([...simd.floats(x)]).toEqual([-1, -2, -3]);
    expect([...view]).toEqual([-1, -2, -3]);
  });

  it("run at once where there is nothing to share, and nothing waits", async () => {
    withoutWorkers();
    const simd = await simdOf({ numThreads: 2, isAsync: true });
    const x = floats(simd, [1, 2, 3]);
    const view = simd.floats(x);
    mapElements(simd, "neg", { x, output: x });
    expect([...view]).toEqual([-1, -2, -3]);
    mapElements(splitting(simd, 2), "neg", { x, output: x });
    mapElements(simd, "square", { x, output: x });
    expect([...view]).toEqual([-1, -2, -3]);
    simd.synchronize();
    expect([...view]).toEqual([1, 4, 9]);
  });

  it("have run when the function returns, where they are not", async () => {
    const simd = splitting(await simdOf({ numThreads: 2 }), 2);
    const x = floats(simd, [1, 2, 3]);
    const view = simd.floats(x);
    mapElements(simd, "neg", { x, output: x });
    expect([...view]).toEqual([-1, -2, -3]);
  });

  it.each([1, 2, 3])("run in their order, however many there are, split into %d tasks", async (numTasks) => {
    const simd = splitting(await simdOf({ numThreads: 3, isAsync: true }), numTasks);
    scoped(simd, (scope) => {
      const [x, y, sum] = [reals(LENGTH), reals(LENGTH, 2), new Float32Array(LENGTH)].map((values) =>
        floats(scope, values),
      ) as [SimdArray, SimdArray, SimdArray];
      for (let i = 0; i < 1000; i++) {
        add(scope, sum, i % 2 === 0 ? x : y, sum);
        mapElements(scope, "neg", { x: sum, output: sum });
      }
      const [xs, ys] = [scope.floats(x), scope.floats(y)];
      const expected = Array.from({ length: LENGTH }, (_, at) => {
        let value = 0;
        for (let i = 0; i < 1000; i++) value = -Math.fround(value + (i % 2 === 0 ? xs : ys)[at]!);
        return value;
      });
      expect([...scope.floats(sum)]).toEqual(expected);
    });
  });

  it("may still want memory that was given back, and be had by others after them", async () => {
    const simd = splitting(await simdOf({ numThreads: 2, isAsync: true }), 2);
    scoped(simd, (scope) => {
      const sum = floats(scope, new Float32Array(LENGTH));
      const places = new Set<number>();
      for (let i = 1; i <= 200; i++) {
        const term = scope.allocate(LENGTH);
        places.add(term.pointer);
        scope.write(term, new Float32Array(LENGTH).fill(i));
        add(scope, sum, term, sum);
        scope.free(term);
      }
      expect(places.size).toBe(1);
      expect(new Set(scope.floats(sum))).toEqual(new Set([(200 * 201) / 2]));
    });
  });

  it("go on when the numbers of jobs wrap around", async () => {
    const simd = splitting(await simdOf({ numThreads: 2, isAsync: true }), 2);
    const words = simd.ints({ pointer: 0, length: 16384 });
    const [asked, done] = [1024 >> 2, 1088 >> 2];
    for (const word of [asked, done]) words[word] = 0x7fffffff - 40;
    scoped(simd, (scope) => {
      const [sum, one] = [floats(scope, new Float32Array(LENGTH)), floats(scope, new Float32Array(LENGTH).fill(1))];
      for (let i = 0; i < 300; i++) {
        add(scope, sum, one, sum);
        if (i % 7 === 0) scope.synchronize();
      }
      expect(new Set(scope.floats(sum))).toEqual(new Set([300]));
    });
    expect(words[done]).toBe(words[asked]);
    expect(words[done]).toBeLessThan(0);
  });

  it("are not left undone by another number of threads, or by the end of all", async () => {
    const simd = splitting(await simdOf({ numThreads: 2, isAsync: true }), 2);
    const x = floats(simd, reals(LENGTH));
    for (const numThreads of [1, 3, 2]) {
      mapElements(simd, "neg", { x, output: x });
      simd.useThreads(numThreads);
    }
    expect([...simd.floats(x)]).toEqual([...reals(LENGTH)].map((value) => -value));
    mapElements(simd, "neg", { x, output: x });
    simd.dispose();
    expect([...simd.floats(x)]).toEqual([...reals(LENGTH)]);
    expect(() => simd.run(31, 1, [0, 0, 0])).toThrow(new Error("simd: already disposed"));
  });
});

describe("simd.run(kernel, numTasks, args)", () => {
  it("refuses arguments for which there is no room, and all goes on after it", async () => {
    const simd = splitting(await simdOf({ numThreads: 2, isAsync: true }), 2);
    const x = floats(simd, reals(LENGTH));
    mapElements(simd, "neg", { x, output: x });
    expect(() => simd.run(14, 2, Array<number>(16385).fill(0))).toThrow(
      new RangeError("simd: arguments must be at most 16384 words, got 16385"),
    );
    expect([...simd.floats(x)]).toEqual([...reals(LENGTH)].map((value) => -value));
  });
});

describe("simd.write(array, values)", () => {
  it.each([
    ["that wait", true, 1000],
    ["that wait, of more than has room with them", true, 20_000],
    ["that have run", false, 1000],
  ])("takes its turn among kernels %s", async (_, isAsync, length) => {
    const simd = splitting(await simdOf({ numThreads: 2, isAsync }), 2);
    const [x, before, after] = [floats(simd, reals(length)), simd.allocate(length), simd.allocate(length)];
    for (let i = 0; i < 100; i++) mapElements(simd, "neg", { x, output: before });
    const values = reals(length + 3, 2).subarray(3);
    simd.write(x, values);
    mapElements(simd, "neg", { x, output: after });
    values.fill(0);
    expect([...simd.floats(before)]).toEqual([...reals(length)].map((value) => -value));
    expect([...simd.floats(after)]).toEqual([...reals(length + 3, 2).subarray(3)].map((value) => -value));
  });

  it.each([false, true])(
    "takes integers as they are, in a typed array or a plain one (asynchronous: %s)",
    async (isAsync) => {
      const simd = splitting(await simdOf({ numThreads: 2, isAsync }), 2);
      const [x, y] = [ints(simd, [0, 0, 0]), ints(simd, [0, 0, 0])];
      const first = floats(simd, [1]);
      mapElements(simd, "neg", { x: first, output: first });
      simd.write(x, [1, -2, 0x7fffffff]);
      simd.write(y, Int32Array.of(3, -4, -0x80000000));
      expect([[...simd.ints(x)], [...simd.ints(y)]]).toEqual([
        [1, -2, 0x7fffffff],
        [3, -4, -0x80000000],
      ]);
    },
  );
});
