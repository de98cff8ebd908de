import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { valuesOf } from "./values-of.ts";
import type { Simd, SimdArray, SimdInts } from "./simd.ts";

export interface EmbeddingArguments {
  /** [N] ids */
  readonly ids: SimdInts;
  /** [V, E] */
  readonly table: SimdArray;
  /** [N, E] */
  readonly rows: SimdArray;
  /** E */
  readonly width: number;
}

/** rows[n] = table[ids[n]]. @throws RangeError when an id is not from 0 to V − 1, or the rows hold too little. */
export function gatherRows(simd: Simd, args: EmbeddingArguments): void {
  checkIds(simd, "gatherRows", args);
  run(simd, KERNEL.gatherRows, args);
}

/** table[ids[n]] += rows[n], in the order of n. @throws RangeError when an id is not from 0 to V − 1, or the rows hold too little. */
export function scatterRows(simd: Simd, args: EmbeddingArguments): void {
  checkIds(simd, "scatterRows", args);
  run(simd, KERNEL.scatterRows, args);
}

function run(simd: Simd, kernel: 19 | 20, { ids, table, rows, width }: EmbeddingArguments): void {
  const args = [ids.length, width, ids.pointer, table.pointer, rows.pointer];
  simd.run(kernel, simd.numTasks(4 * ids.length * width), args);
}

function checkIds(simd: Simd, caller: string, { ids, table, rows, width }: EmbeddingArguments): void {
  checkLength(`${caller}: rows`, rows, ids.length * width);
  if (width === 0) return;
  const numRows = Math.floor(table.length / width);
  const values = valuesOf(simd, ids);
  for (let i = 0; i < ids.length; i++) {
    const id = values[i]!;
    if (id < 0 || id >= numRows) throw new RangeError(`${caller}: ids must be from 0 to ${numRows - 1}, got ${id}`);
  }
}
