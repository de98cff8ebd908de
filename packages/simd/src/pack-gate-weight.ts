import { KERNEL } from "./kernel.ts";
import type { Simd, SimdArray } from "./simd.ts";

export interface GateWeight {
  /** [G·H, K], in PyTorch's order of blocks. */
  readonly parameter: SimdArray;
  readonly hiddenSize: number;
  /** K */
  readonly width: number;
  /** The blocks of the parameter, in the order of the kernels. */
  readonly blocks: readonly number[];
}

type Packing = "packGateColumns" | "packGateRows" | "packGateTable";

/** A weight of gates as the recurrent kernels read it; the caller frees it. */
export function packGateWeight(simd: Simd, packing: Packing, weight: GateWeight): SimdArray {
  const { hiddenSize, width, blocks } = weight;
  const height = Math.ceil(hiddenSize / 8) * 8 * blocks.length;
  const packed = simd.allocate(height * (packing === "packGateTable" ? width : Math.ceil(width / 8) * 8));
  simd.run(KERNEL[packing], simd.numTasks(4 * packed.length), gateWeightArguments(weight, packed));
  return packed;
}

/** Writes [K][blocks·H] into the layout of the parameter. */
export function unpackGateTable(simd: Simd, weight: GateWeight, packed: SimdArray): void {
  simd.run(KERNEL.unpackGateTable, simd.numTasks(4 * packed.length), gateWeightArguments(weight, packed));
}

function gateWeightArguments({ parameter, hiddenSize, width, blocks }: GateWeight, packed: SimdArray): number[] {
  return [hiddenSize, width, blocks.length, ...fourBlocks(blocks), parameter.pointer, packed.pointer];
}

export function fourBlocks(blocks: readonly number[]): number[] {
  return Array.from({ length: 4 }, (_, i) => blocks[i] ?? 0);
}
