import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALIGNMENT, createAllocator } from "../src/allocator.ts";

const BEGIN = 65536;
const SIZE = 1 << 16;

/** What is asked for: bytes, or the return of the block at an index (of those that are out). */
const requests = fc.array(
  fc.oneof(
    fc.record({ size: fc.nat({ max: 6000 }) }),
    fc.record({ free: fc.nat({ max: 1000 }) }),
    fc.record({ extend: fc.integer({ min: 1, max: 4 }) }),
  ),
  { maxLength: 200 },
);

interface Block {
  readonly offset: number;
  readonly size: number;
}

function expectPlaced({ offset, size }: Block, { end, others }: { end: number; others: readonly Block[] }): void {
  expect(offset % ALIGNMENT).toBe(0);
  expect(offset).toBeGreaterThanOrEqual(BEGIN);
  expect(offset + size).toBeLessThanOrEqual(end);
  expect(others.filter((other) => offset < other.offset + other.size && other.offset < offset + size)).toEqual([]);
}

describe("createAllocator(begin, size)", () => {
  it("gives aligned blocks that lie inside and never overlap, counts them, and is one free run when all are back", () => {
    fc.assert(
      fc.property(requests, (steps) => {
        const allocator = createAllocator(BEGIN, SIZE);
        const blocks: Block[] = [];
        let end = BEGIN + SIZE;
        for (const step of steps) {
          if ("extend" in step) {
            allocator.extend(step.extend * ALIGNMENT);
            end += step.extend * ALIGNMENT;
          } else if ("free" in step) {
            if (blocks.length === 0) continue;
            const { offset } = blocks.splice(step.free % blocks.length, 1)[0]!;
            allocator.free(offset);
          } else {
            const offset = allocator.allocate(step.size);
            if (offset === undefined) continue;
            const size = Math.max(ALIGNMENT, Math.ceil(step.size / ALIGNMENT) * ALIGNMENT);
            expectPlaced({ offset, size }, { end, others: blocks });
            blocks.push({ offset, size });
          }
          expect(allocator.numBlocks).toBe(blocks.length);
          expect(allocator.usedBytes).toBe(blocks.reduce((sum, { size }) => sum + size, 0));
        }
        for (const { offset } of blocks) allocator.free(offset);
        expect(allocator.usedBytes).toBe(0);
        expect(allocator.freeAtEnd).toBe(end - BEGIN);
        expect(allocator.allocate(end - BEGIN)).toBe(BEGIN);
      }),
    );
  });

  it("merges a block with the free runs on both its sides", () => {
    const allocator = createAllocator(0, 3 * ALIGNMENT);
    const [a, b, c] = [allocator.allocate(1)!, allocator.allocate(1)!, allocator.allocate(1)!];
    allocator.free(a);
    allocator.free(c);
    expect(allocator.allocate(2 * ALIGNMENT)).toBeUndefined();
    allocator.free(b);
    expect(allocator.allocate(3 * ALIGNMENT)).toBe(0);
  });

  it("extend(size) lengthens a free run at the end", () => {
    const allocator = createAllocator(0, 4 * ALIGNMENT);
    const first = allocator.allocate(2 * ALIGNMENT)!;
    expect(allocator.allocate(3 * ALIGNMENT)).toBeUndefined();
    allocator.extend(ALIGNMENT);
    expect(allocator.allocate(3 * ALIGNMENT)).toBe(first + 2 * ALIGNMENT);
  });

  it("allocate(size) gives undefined when nothing is large enough, and all that is left before", () => {
    const allocator = createAllocator(0, 10 * ALIGNMENT);
    const offsets = Array.from({ length: 10 }, () => allocator.allocate(ALIGNMENT));
    expect(new Set(offsets).size).toBe(10);
    expect(allocator.allocate(0)).toBeUndefined();
    allocator.free(offsets[4]!);
    expect(allocator.allocate(ALIGNMENT)).toBe(offsets[4]);
  });

  it("allocate(size) finds a run of its own class that is large enough behind one that is not", () => {
    const allocator = createAllocator(0, 400 * ALIGNMENT);
    const [small, , large] = [129, 1, 130, 1].map((units) => allocator.allocate(units * ALIGNMENT)!);
    allocator.allocate((400 - 261) * ALIGNMENT);
    allocator.free(small!);
    allocator.free(large!);
    expect(allocator.allocate(130 * ALIGNMENT)).toBe(large);
    expect(allocator.allocate(130 * ALIGNMENT)).toBeUndefined();
  });

  it("free(offset) refuses what was not given out, or was given back", () => {
    const allocator = createAllocator(0, 10 * ALIGNMENT);
    const offset = allocator.allocate(100)!;
    expect(() => allocator.free(offset + ALIGNMENT)).toThrow("free: offset must be one that was given out, got 64");
    allocator.free(offset);
    expect(() => allocator.free(offset)).toThrow(RangeError);
  });
});
