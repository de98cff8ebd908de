import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALIGNMENT, createAllocator, type Block } from "../src/allocator.ts";

const BEGIN = 65536;
const SIZE = 1 << 16;

/** What is asked for: elements, or the return of the block at an index (of those that are out). */
const requests = fc.array(
  fc.oneof(
    fc.record({ length: fc.nat({ max: 1500 }) }),
    fc.record({ free: fc.nat({ max: 1000 }) }),
    fc.record({ extend: fc.integer({ min: 1, max: 4 }) }),
  ),
  { maxLength: 200 },
);

/** Elements of a cache line. */
const LINE = ALIGNMENT / 4;

const bytesOf = ({ length }: Block): number => Math.max(ALIGNMENT, Math.ceil(length / LINE) * ALIGNMENT);

function expectPlaced(
  block: Block,
  { length, end, others }: { length: number; end: number; others: readonly Block[] },
): void {
  const { pointer } = block;
  expect(block.length).toBe(length);
  expect(pointer % ALIGNMENT).toBe(0);
  expect(pointer).toBeGreaterThanOrEqual(BEGIN);
  expect(pointer + bytesOf(block)).toBeLessThanOrEqual(end);
  const overlaps = (other: Block) =>
    pointer < other.pointer + bytesOf(other) && other.pointer < pointer + bytesOf(block);
  expect(others.filter(overlaps).map((other) => other.pointer)).toEqual([]);
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
            allocator.free(blocks.splice(step.free % blocks.length, 1)[0]!);
          } else {
            const block = allocator.allocate(step.length);
            if (!block) continue;
            expectPlaced(block, { length: step.length, end, others: blocks });
            blocks.push(block);
          }
          expect(allocator.numBlocks).toBe(blocks.length);
          expect(allocator.usedBytes).toBe(blocks.reduce((sum, block) => sum + bytesOf(block), 0));
        }
        for (const block of blocks) allocator.free(block);
        expect(allocator.usedBytes).toBe(0);
        expect(allocator.freeAtEnd).toBe(end - BEGIN);
        expect(allocator.allocate((end - BEGIN) / 4)?.pointer).toBe(BEGIN);
      }),
    );
  });

  it("merges a block with the free runs on both its sides", () => {
    const allocator = createAllocator(0, 3 * ALIGNMENT);
    const [a, b, c] = [allocator.allocate(1)!, allocator.allocate(1)!, allocator.allocate(1)!];
    allocator.free(a);
    allocator.free(c);
    expect(allocator.allocate(2 * LINE)).toBeUndefined();
    allocator.free(b);
    expect(allocator.allocate(3 * LINE)?.pointer).toBe(0);
  });

  it("extend(size) lengthens a free run at the end", () => {
    const allocator = createAllocator(0, 4 * ALIGNMENT);
    const { pointer } = allocator.allocate(2 * LINE)!;
    expect(allocator.allocate(3 * LINE)).toBeUndefined();
    allocator.extend(ALIGNMENT);
    expect(allocator.allocate(3 * LINE)?.pointer).toBe(pointer + 2 * ALIGNMENT);
  });

  it("allocate(length) gives undefined when nothing is large enough, and all that is left before", () => {
    const allocator = createAllocator(0, 10 * ALIGNMENT);
    const blocks = Array.from({ length: 10 }, () => allocator.allocate(LINE)!);
    const pointers = blocks.map(({ pointer }) => pointer);
    expect(new Set(pointers).size).toBe(10);
    expect(allocator.allocate(0)).toBeUndefined();
    allocator.free(blocks[4]!);
    expect(allocator.allocate(LINE)?.pointer).toBe(pointers[4]);
  });

  it("allocate(length) finds a run of its own class that is large enough behind one that is not", () => {
    const allocator = createAllocator(0, 400 * ALIGNMENT);
    const [small, , large] = [129, 1, 130, 1].map((lines) => allocator.allocate(lines * LINE)!);
    const { pointer } = large!;
    allocator.allocate((400 - 261) * LINE);
    allocator.free(small!);
    allocator.free(large!);
    expect(allocator.allocate(130 * LINE)?.pointer).toBe(pointer);
    expect(allocator.allocate(130 * LINE)).toBeUndefined();
  });

  it("free(block) refuses what it did not give, and what was given back, whoever has its place now", () => {
    const allocator = createAllocator(0, 10 * ALIGNMENT);
    const block = allocator.allocate(100)!;
    const { pointer } = block;
    expect(() => allocator.free({ pointer: 0, length: 100 })).toThrow(
      "free: array must be one that is given out, got one at 0",
    );
    allocator.free(block);
    const next = allocator.allocate(100)!;
    expect(next.pointer).toBe(pointer);
    expect(() => allocator.free(block)).toThrow(RangeError);
    allocator.free(next);
    expect(() => allocator.free(next)).toThrow(RangeError);
    expect(allocator.usedBytes).toBe(0);
  });
});
