import type { Simd, SimdArray } from "../src/index.ts";

/** New memory with these floats. */
export function floats(simd: Simd, values: ArrayLike<number>): SimdArray {
  const array = simd.allocate(values.length);
  simd.floats(array).set(values);
  return array;
}

/** New memory with these integers. */
export function ints(simd: Simd, values: ArrayLike<number>): SimdArray {
  const array = simd.allocate(values.length);
  simd.ints(array).set(values);
  return array;
}

/** New memory that holds nothing but NaN, so that an element that nobody writes is seen. */
export function unwritten(simd: Simd, length: number): SimdArray {
  const array = simd.allocate(length);
  simd.floats(array).fill(Number.NaN);
  return array;
}

/** Numbers of about −1 to 1 that look random, the same for the same seed; each is a float. */
export function reals(length: number, seed = 1): Float32Array {
  return Float32Array.from(
    { length },
    (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233) * Math.cos(i * 0.37 + seed),
  );
}

/** The same kernels, which split all work, however small, into `numTasks` tasks. */
export function splitting(simd: Simd, numTasks: number): Simd {
  return Object.assign(Object.create(simd) as Simd, { numTasks: () => numTasks });
}

/** Frees all that `body` allocates. */
export function scoped<Result>(simd: Simd, body: (simd: Simd) => Result): Result {
  const made: SimdArray[] = [];
  const scope = Object.assign(Object.create(simd) as Simd, {
    allocate(length: number) {
      const array = simd.allocate(length);
      made.push(array);
      return array;
    },
    free(array: SimdArray) {
      made.splice(made.indexOf(array), 1);
      simd.free(array);
    },
  });
  try {
    return body(scope);
  } finally {
    for (const array of made) simd.free(array);
  }
}
