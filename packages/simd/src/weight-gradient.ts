import { KERNEL } from "./kernel.ts";
import { fourBlocks } from "./pack-gate-weight.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { stridedCopy } from "./strided-copy.ts";

/** Blocked matrices, one for each step of each group of rows: see assembly/tile.ts. */
interface BlockedSteps {
  readonly array: SimdArray;
  /** Floats from the beginning to the first matrix, from step to step, and from group to group. */
  readonly offset: number;
  readonly step: number;
  readonly groupLength: number;
}

interface WeightGradientArguments {
  readonly batchSize: number;
  /** Rows of a group, of which the last may use fewer. */
  readonly groupRows: number;
  readonly numSteps: number;
  /** H, the size of a block of gates. */
  readonly hiddenSize: number;
  /** The row block of the weight for each block of gates. */
  readonly blocks: readonly number[];
  readonly gates: BlockedSteps;
  readonly operand: BlockedSteps;
  /** The columns of the operand. */
  readonly width: number;
  /** [blocks·H, width]: written. */
  readonly output: SimdArray;
}

/**
 * The gradient of a weight, the sum over steps and rows of (gradient of the gates)ᵀ · operand.
 *
 * The rows of a panel are first laid one after the other: where they are, often a power of two apart, they would want the same few
 * places of a cache.
 *
 * @throws RangeError when memory is exhausted.
 */
export function weightGradient(simd: Simd, args: WeightGradientArguments): void {
  const { batchSize, groupRows, numSteps, hiddenSize, blocks, gates, operand, width, output } = args;
  const numPanels = Math.ceil(width / 8);
  const stepLength = batchSize * 8; // of a panel
  const panelLength = numSteps * stepLength;
  const numTasks = simd.numTasks(2 * batchSize * numSteps * blocks.length * hiddenSize * width);
  const packed = simd.allocate(numPanels * panelLength);
  try {
    const ofThreads = simd.allocate(simd.numSlots * panelLength);
    try {
      const copyGroups = (first: number, count: number, rows: number) =>
        stridedCopy(simd, {
          shape: [numPanels, numSteps, count, rows * 8],
          source: operand.array,
          sourceOffset: operand.offset + first * operand.groupLength,
          sourceStrides: [groupRows * 8, operand.step, operand.groupLength, 1],
          target: packed,
          targetOffset: first * groupRows * 8,
          targetStrides: [panelLength, stepLength, groupRows * 8, 1],
        });
      const numWhole = groupRows === 0 ? 0 : Math.floor(batchSize / groupRows);
      copyGroups(0, numWhole, groupRows);
      if (numWhole * groupRows < batchSize) copyGroups(numWhole, 1, batchSize - numWhole * groupRows);
      simd.run(KERNEL.weightGradient, numTasks, [
        ...[batchSize, groupRows, gates.groupLength * 4],
        ...[numSteps, hiddenSize, Math.ceil(hiddenSize / 8), blocks.length, ...fourBlocks(blocks)],
        ...[
          gates.array.pointer + gates.offset * 4,
          gates.step * 4,
          ofThreads.pointer,
          packed.pointer,
          width,
          output.pointer,
        ],
      ]);
    } finally {
      simd.free(ofThreads);
    }
  } finally {
    simd.free(packed);
  }
}
