import { KERNEL } from "./kernel.ts";
import { fourBlocks } from "./pack-gate-weight.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { stridedCopy } from "./strided-copy.ts";

/** Blocked matrices, one for each step: see assembly/tile.ts. */
interface BlockedSteps {
  readonly array: SimdArray;
  /** Floats from the beginning to the first matrix, and from one to the next. */
  readonly offset: number;
  readonly step: number;
}

interface WeightGradientArguments {
  readonly batchSize: number;
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
  const { batchSize, numSteps, hiddenSize, blocks, gates, operand, width, output } = args;
  const numPanels = Math.ceil(width / 8);
  const stepLength = batchSize * 8; // of a panel
  const panelLength = numSteps * stepLength;
  const numTasks = simd.numTasks(2 * batchSize * numSteps * blocks.length * hiddenSize * width);
  const packed = simd.allocate(numPanels * panelLength);
  try {
    const ofThreads = simd.allocate(simd.numSlots * panelLength);
    try {
      stridedCopy(simd, {
        shape: [numPanels, numSteps, stepLength],
        source: operand.array,
        sourceOffset: operand.offset,
        sourceStrides: [stepLength, operand.step, 1],
        target: packed,
        targetStrides: [panelLength, stepLength, 1],
      });
      simd.run(KERNEL.weightGradient, numTasks, [
        ...[batchSize, numSteps, hiddenSize, Math.ceil(hiddenSize / 8), blocks.length, ...fourBlocks(blocks)],
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
