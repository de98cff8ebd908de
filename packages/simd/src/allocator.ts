/** A run of bytes, in use or free, between its neighbours in address order. */
interface Run {
  offset: number;
  size: number;
  isFree: boolean;
  before: Run | null;
  after: Run | null;
  /** Its neighbours in the free list of its class. */
  next: Run | null;
  previous: Run | null;
}

export interface Allocator {
  /** The bytes given out, padding included. */
  readonly usedBytes: number;
  readonly numBlocks: number;
  /** The size of the free run at the end, which `extend` would lengthen. */
  readonly freeAtEnd: number;
  /** Where `size` bytes may go, aligned to a cache line and padded to one; `undefined` where nothing is left. */
  allocate(size: number): number | undefined;
  /** Takes back what was given out at this offset; neighbours that are free become one run. */
  free(offset: number): void;
  /** Adds bytes at the end. */
  extend(size: number): void;
}

export const ALIGNMENT = 64;
const SUBBINS = 4;
/** The most that a memory has. */
const MAX_BYTES = 2 ** 32;
const NUM_BINS = 27 * SUBBINS;

/**
 * Gives out offsets into a growing range of bytes, whose contents it never touches: segregated free lists with four classes to
 * the doubling, first fit in a class from what came back last, which may still be in a cache, merging with both neighbours on return.
 *
 * @param begin the first offset, a multiple of 64.
 */
export function createAllocator(begin: number, size: number): Allocator {
  /** The first run of each class. */
  const lists: (Run | null)[] = Array.from({ length: NUM_BINS }, () => null);
  const inUse = new Map<number, Run>();
  let usedBytes = 0;
  let last: Run | null = null;

  const addFree = (run: Run) => {
    const index = bin(run.size);
    const next = lists[index]!;
    run.isFree = true;
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

  /** Joins `run` to the free run before it, if there is one, and returns the whole. */
  const join = (run: Run): Run => {
    const { before } = run;
    if (!before?.isFree) return run;
    removeFree(before);
    before.size += run.size;
    before.after = run.after;
    if (run.after) run.after.before = before;
    else last = before;
    return before;
  };

  const extend = (more: number) => {
    const run: Run = {
      offset: last ? last.offset + last.size : begin,
      size: more,
      isFree: false,
      before: last,
      ...{ after: null, next: null, previous: null },
    };
    if (last) last.after = run;
    last = run;
    addFree(join(run));
  };
  extend(size);

  return {
    get usedBytes() {
      return usedBytes;
    },
    get numBlocks() {
      return inUse.size;
    },
    get freeAtEnd() {
      return last?.isFree ? last.size : 0;
    },
    allocate(wanted) {
      const size = padded(wanted);
      if (size > MAX_BYTES) return undefined;
      const run = findFree(lists, size);
      if (!run) return undefined;
      removeFree(run);
      if (run.size > size) {
        const rest: Run = {
          offset: run.offset + size,
          size: run.size - size,
          isFree: true,
          before: run,
          ...{ after: run.after, next: null, previous: null },
        };
        if (run.after) run.after.before = rest;
        else last = rest;
        run.after = rest;
        run.size = size;
        addFree(rest);
      }
      run.isFree = false;
      inUse.set(run.offset, run);
      usedBytes += size;
      return run.offset;
    },
    free(offset) {
      const run = inUse.get(offset);
      if (!run) throw new RangeError(`free: offset must be one that was given out, got ${offset}`);
      inUse.delete(offset);
      usedBytes -= run.size;
      const { after } = run;
      if (after?.isFree) {
        removeFree(after);
        run.size += after.size;
        run.after = after.after;
        if (after.after) after.after.before = run;
        else last = run;
      }
      addFree(join(run));
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
