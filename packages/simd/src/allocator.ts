/** A run of bytes between its neighbours in address order: free, given out, or, once it is part of another, nothing any more. */
class Run {
  pointer: number;
  size: number;
  length: number;
  isInUse = false;
  before: Run | null = null;
  after: Run | null = null;
  /** Its neighbours in the free list of its class. */
  next: Run | null = null;
  previous: Run | null = null;

  constructor(pointer: number, size: number, length: number) {
    this.pointer = pointer;
    this.size = size;
    this.length = length;
  }

  /** Lets go of its neighbours: a dead run that is old would keep all that came after it from the collector of young objects. */
  end(): void {
    this.before = null;
    this.after = null;
    this.next = null;
    this.previous = null;
  }
}

/** Bytes that are given out. */
export interface Block {
  /** Where they begin, aligned to a cache line. */
  readonly pointer: number;
  /** How many elements of four bytes were asked for. */
  readonly length: number;
}

export interface Allocator {
  /** The bytes given out, padding included. */
  readonly usedBytes: number;
  readonly numBlocks: number;
  /** The size of the free run at the end, which `extend` would lengthen. */
  readonly freeAtEnd: number;
  /** Room for `length` elements of four bytes, padded to a cache line; `undefined` where nothing is left. */
  allocate(length: number): Block | undefined;
  /** Takes back what `allocate` gave; neighbours that are free become one run. */
  free(block: Block): void;
  /** Adds bytes at the end. */
  extend(size: number): void;
}

export const ALIGNMENT = 64;
const SUBBINS = 4;
/** The most that a memory has. */
const MAX_BYTES = 2 ** 32;
const NUM_BINS = 27 * SUBBINS;

/**
 * Gives out parts of a growing range of bytes, whose contents it never touches: segregated free lists with four classes to
 * the doubling, first fit in a class from what came back last, which may still be in a cache, merging with both neighbours on return.
 *
 * @param begin the first offset, a multiple of 64.
 */
export function createAllocator(begin: number, size: number): Allocator {
  /** The first run of each class. */
  const lists: (Run | null)[] = Array.from({ length: NUM_BINS }, () => null);
  let numBlocks = 0;
  let usedBytes = 0;
  let last: Run | null = null;

  const addFree = (run: Run) => {
    const index = bin(run.size);
    const next = lists[index]!;
    run.next = next;
    run.previous = null;
    if (next) next.previous = run;
    lists[index] = run;
  };
  const removeFree = (run: Run) => {
    const { next, previous } = run;
    if (next) next.previous = previous;
    if (previous) previous.next = next;
    else lists[bin(run.size)] = next;
  };

  /** Makes the run behind `run` a part of it. */
  const absorb = (run: Run, after: Run) => {
    run.size += after.size;
    run.after = after.after;
    if (after.after) after.after.before = run;
    else last = run;
    after.end();
  };

  /** A run that nobody has any more goes to the free lists, with its free neighbours. */
  const release = (run: Run) => {
    const { before, after } = run;
    if (after && !after.isInUse) {
      removeFree(after);
      absorb(run, after);
    }
    if (!before || before.isInUse) return addFree(run);
    removeFree(before);
    absorb(before, run);
    addFree(before);
  };

  const extend = (more: number) => {
    const run = new Run(last ? last.pointer + last.size : begin, more, 0);
    run.before = last;
    if (last) last.after = run;
    last = run;
    release(run);
  };
  extend(size);

  return {
    get usedBytes() {
      return usedBytes;
    },
    get numBlocks() {
      return numBlocks;
    },
    get freeAtEnd() {
      return last?.isInUse === false ? last.size : 0;
    },
    allocate(length) {
      const size = padded(length * 4);
      if (size > MAX_BYTES) return undefined;
      const run = findFree(lists, size);
      if (!run) return undefined;
      removeFree(run);
      // Always a new one, by which alone it can be given back.
      const block = new Run(run.pointer, size, length);
      block.isInUse = true;
      block.before = run.before;
      if (run.before) run.before.after = block;
      if (run.size > size) {
        run.pointer += size;
        run.size -= size;
        run.before = block;
        block.after = run;
        addFree(run);
      } else {
        block.after = run.after;
        if (run.after) run.after.before = block;
        else last = block;
        run.end();
      }
      numBlocks++;
      usedBytes += size;
      return block;
    },
    free(block) {
      if (!(block instanceof Run) || !block.isInUse) {
        throw new RangeError(`free: array must be one that is given out, got one at ${block.pointer}`);
      }
      block.isInUse = false;
      numBlocks--;
      usedBytes -= block.size;
      release(block);
    },
    extend,
  };
}

/** The bytes that a block of `size` takes: whole cache lines, at least one. */
export function padded(size: number): number {
  return Math.max(ALIGNMENT, Math.ceil(size / ALIGNMENT) * ALIGNMENT);
}

/** The class of a size, a multiple of 64: four to the doubling, counted from 64 bytes. */
function bin(size: number): number {
  const lines = size / ALIGNMENT; // below 2²⁶
  const bits = 31 - Math.clz32(lines);
  return bits * SUBBINS + ((((lines - (1 << bits)) * SUBBINS) / (1 << bits)) | 0);
}

function findFree(lists: readonly (Run | null)[], size: number): Run | undefined {
  const first = bin(size);
  for (let run = lists[first] ?? null; run; run = run.next) if (run.size >= size) return run;
  for (let i = first + 1; i < NUM_BINS; i++) if (lists[i]) return lists[i]!;
  return undefined;
}
