import { createAllocator, padded } from "./allocator.ts";
import { compileKernels } from "./kernel-module.ts";
import { KERNEL } from "./kernel.ts";
import { HEAP, MAX_TASKS, MAX_THREADS } from "./memory-map.ts";
import { environment, hardwareThreads, hasThreads, platform } from "./platform.ts";
import { createPool } from "./pool.ts";

export interface SimdOptions {
  /**
   * The threads to compute on, this one included, at most 64. Default: the environment variable RNNKIT_THREADS, or as many as the
   * machine runs at once, but no more than 8. Always 1 where memory cannot be shared, as in a page that is not cross-origin isolated.
   */
  readonly numThreads?: number;
  /**
   * Whether functions may return before their kernels have run, as on a GPU, so that the other threads compute while this one goes on:
   * `floats`, `ints` and `synchronize` wait for them. Default false.
   */
  readonly isAsync?: boolean;
  /** Whether fused multiply-add may be used where the machine has it. Default true, unless RNNKIT_FUSED is 0. */
  readonly allowsFused?: boolean;
  /** The most memory to take, in bytes. Default and limit: 4 GiB less a page. */
  readonly maxBytes?: number;
}

/** Memory that kernels can read and write: `length` elements of four bytes. */
export interface SimdArray {
  /** The address in the kernels' memory, in bytes. */
  readonly pointer: number;
  readonly length: number;
}

/** Memory that holds integers. */
export interface SimdInts extends SimdArray {
  /** What they are, where that is known: whoever checks them then need not wait for kernels. */
  readonly values?: ArrayLike<number> | undefined;
}

/** Kernels with their memory and their threads. */
export interface Simd {
  /** Threads that take part, this one included. */
  readonly numThreads: number;
  /** For how many threads a kernel needs room that each has for itself: `numThreads`, and those that have died. */
  readonly numSlots: number;
  /** Whether products are computed with fused multiply-add. */
  readonly isFused: boolean;
  /** Bytes in use, padding included, and the number of arrays. */
  readonly usedBytes: number;
  readonly numArrays: number;
  /** Lets another number of threads take part from now on. @throws RangeError when it is not from 1 to 64. */
  useThreads(numThreads: number): void;
  /** Memory for `length` elements, not cleared; the caller frees it. @throws RangeError when the memory is exhausted, or for a bad length. */
  allocate(length: number): SimdArray;
  /** Gives memory back, by what `allocate` gave. @throws RangeError when it was given back before. */
  free(array: SimdArray): void;
  /**
   * The elements as floats, or as integers: the memory itself, after all kernels have run that were asked for. Where memory is not shared,
   * good until the next allocation; where `isAsync`, until the next kernel is asked for.
   */
  floats(array: SimdArray): Float32Array;
  ints(array: SimdArray): Int32Array;
  /** Whether a buffer is the memory of the kernels, as it is now or was before it grew. */
  owns(buffer: ArrayBufferLike): boolean;
  /** In how many tasks to split work of about `numOperations` floating-point operations. */
  numTasks(numOperations: number): number;
  /** Writes these elements, all that the array holds, after the kernels that were asked for before. */
  write(array: SimdArray, values: Float32Array | Int32Array | readonly number[]): void;
  /** Runs a kernel with these 32-bit arguments, after those that were asked for before. */
  run(kernel: (typeof KERNEL)[keyof typeof KERNEL], numTasks: number, args: readonly number[]): void;
  /** Waits for all kernels. @throws Error when one failed on another thread, or its thread died. */
  synchronize(): void;
  /** Ends the threads; the memory goes with the last reference to it. A second call does nothing. */
  dispose(): void;
}

const PAGE = 65536;
const MAX_PAGES = 65535;
const INITIAL_PAGES = 32;
/** Under this many operations, about 20 µs, a second thread costs more than it does. */
const OPERATIONS_PER_TASK = 500_000;
/** Work is split finer than by threads, so that one that wakes late, or is held up, leaves some of its share to the others. */
const TASKS_PER_THREAD = 16;
const DEFAULT_MAX_THREADS = 8;

/**
 * Prepares the kernels: a memory of their own, shared between threads where the platform allows, and a pool of threads that starts
 * with the first work large enough, and never keeps the process alive.
 *
 * @throws RangeError when an option is out of range; Error when the platform has no WebAssembly SIMD.
 */
export async function createSimd(options: SimdOptions = {}): Promise<Simd> {
  const numThreads =
    options.numThreads === undefined ? defaultThreads() : checkThreads("createSimd: numThreads", options.numThreads);
  const { allowsFused = environment("RNNKIT_FUSED") !== "0", maxBytes = MAX_PAGES * PAGE, isAsync = false } = options;
  if (!(maxBytes >= INITIAL_PAGES * PAGE && maxBytes <= MAX_PAGES * PAGE)) {
    throw new RangeError(
      `createSimd: maxBytes must be from ${INITIAL_PAGES * PAGE} to ${MAX_PAGES * PAGE}, got ${maxBytes}`,
    );
  }
  const maxPages = Math.floor(maxBytes / PAGE);
  const isShared = hasThreads();
  const kernels = await compileKernels({ isShared, allowsFused });
  const memory = new platform.WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAX_PAGES + 1, shared: isShared });
  const pool = createPool(kernels, memory, isShared ? numThreads : 1);
  const allocator = createAllocator(HEAP, INITIAL_PAGES * PAGE - HEAP);
  let numPages = INITIAL_PAGES;
  let floats = new Float32Array(memory.buffer);
  let ints = new Int32Array(memory.buffer);
  const buffers = new WeakSet<ArrayBufferLike>([memory.buffer]);

  const grow = (bytes: number) => {
    const needed = Math.ceil((padded(bytes) - allocator.freeAtEnd) / PAGE);
    const wanted = Math.min(Math.max(needed, numPages >> 2), maxPages - numPages);
    if (needed > maxPages - numPages) return false;
    try {
      memory.grow(wanted);
    } catch {
      return false;
    }
    numPages += wanted;
    allocator.extend(wanted * PAGE);
    buffers.add(memory.buffer);
    floats = new Float32Array(memory.buffer);
    ints = new Int32Array(memory.buffer);
    return true;
  };

  return {
    get numThreads() {
      return pool.numThreads;
    },
    get numSlots() {
      return pool.numSlots;
    },
    isFused: kernels.isFused,
    useThreads(next) {
      pool.resize(isShared ? checkThreads("useThreads: numThreads", next) : 1);
    },
    get usedBytes() {
      return allocator.usedBytes;
    },
    get numArrays() {
      return allocator.numBlocks;
    },
    allocate(length) {
      if (!Number.isInteger(length) || length < 0) {
        throw new RangeError(`simd.allocate: length must be an integer of at least 0, got ${length}`);
      }
      const bytes = length * 4;
      const array = allocator.allocate(length) ?? (grow(bytes) ? allocator.allocate(length) : undefined);
      if (!array) {
        throw new RangeError(
          `simd: memory must hold ${bytes} more bytes, and has ${allocator.usedBytes} of at most ${maxPages * PAGE} in use`,
        );
      }
      return array;
    },
    free: (array) => allocator.free(array),
    floats({ pointer, length }) {
      pool.finish();
      return floats.subarray(pointer >>> 2, (pointer >>> 2) + length);
    },
    ints({ pointer, length }) {
      pool.finish();
      return ints.subarray(pointer >>> 2, (pointer >>> 2) + length);
    },
    write({ pointer, length }, values) {
      const words = values instanceof Float32Array ? new Int32Array(values.buffer, values.byteOffset, length) : values;
      if (!pool.isIdle && length <= pool.room) return pool.ask(KERNEL.write, 1, [length, pointer], words);
      pool.finish();
      ints.set(words, pointer >>> 2);
    },
    owns: (buffer) => buffers.has(buffer),
    numTasks(numOperations) {
      const { numThreads } = pool;
      if (numThreads === 1) return 1;
      const most = Math.min(numThreads * TASKS_PER_THREAD, MAX_TASKS);
      return Math.max(1, Math.min(most, Math.floor(numOperations / OPERATIONS_PER_TASK)));
    },
    run(kernel, numTasks, args) {
      pool.ask(kernel, numTasks, args);
      if (!isAsync) pool.finish();
    },
    synchronize: () => pool.finish(),
    dispose: () => pool.dispose(),
  };
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

/** A floating-point argument of a kernel, as the word that stands for it. */
export function floatBits(value: number): number {
  float[0] = value;
  return bits[0]!;
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** The same for a double, as two words. */
export function doubleBits(value: number): [number, number] {
  double[0] = value;
  return [halves[0]!, halves[1]!];
}

function defaultThreads(): number {
  const value = environment("RNNKIT_THREADS");
  if (value === undefined || value === "") return Math.min(DEFAULT_MAX_THREADS, hardwareThreads());
  return checkThreads("createSimd: RNNKIT_THREADS", value);
}

function checkThreads(argument: string, value: number | string): number {
  const numThreads = Number(value);
  if (!Number.isInteger(numThreads) || numThreads < 1 || numThreads > MAX_THREADS) {
    throw new RangeError(`${argument} must be an integer from 1 to ${MAX_THREADS}, got ${value}`);
  }
  return numThreads;
}
