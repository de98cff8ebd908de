/** A run of bytes, in use or free, between its neighbours in address order. */
interface Run {
  offset: number;
  size: number;
  isFree: boolean;
  before: Run | null;
  after: Run | null;
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
const FIRST_BIN_BITS = 6;
const SUBBINS = 4;

/**
 * Gives out offsets into a growing range of bytes, whose contents it never touches: segregated free lists with four classes to
 * the doubling, first fit in a class, merging with both neighbours on return.
 *
 * @param begin the first offset, a multiple of 64.
 */
export function createAllocator(begin: number, size: number): Allocator {
  const bins: Set<Run>[] = [];
  const inUse = new Map<number, Run>();
  let usedBytes = 0;
  let last: Run | null = null;

  const addFree = (run: Run) => {
    run.isFree = true;
    (bins[bin(run.size)] ??= new Set()).add(run);
  };
  const removeFree = (run: Run) => void bins[bin(run.size)]!.delete(run);

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
      after: null,
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
      const run = findFree(bins, size);
      if (!run) return undefined;
      removeFree(run);
      if (run.size > size) {
        const rest: Run = {
          offset: run.offset + size,
          size: run.size - size,
          isFree: true,
          before: run,
          after: run.after,
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

/** The class of a size: four to the doubling, counted from 64 bytes. */
function bin(size: number): number {
  const bits = Math.floor(Math.log2(size));
  return (bits - FIRST_BIN_BITS) * SUBBINS + Math.floor((size / 2 ** bits - 1) * SUBBINS);
}

function findFree(bins: readonly (Set<Run> | undefined)[], size: number): Run | undefined {
  const first = bin(size);
  for (const run of bins[first] ?? []) if (run.size >= size) return run;
  for (let i = first + 1; i < bins.length; i++) for (const run of bins[i] ?? []) return run;
  return undefined;
}
