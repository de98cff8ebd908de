import type { PackedSequences } from "./packed-sequences.ts";

interface Rows {
  readonly indices: Int32Array;
  readonly shape: readonly [numRows: number, numColumns: number];
}

/**
 * Some sequences as rows: each from its id `numSkipped` on, cut or padded to the columns.
 *
 * @returns [B, T], row by row.
 */
export function padRows(
  { ids, offsets }: PackedSequences,
  { indices, shape: [numRows, numColumns] }: Rows,
  { padId, numSkipped = 0 }: { padId: number; numSkipped?: number },
): Int32Array {
  const rows = new Int32Array(numRows * numColumns);
  for (let row = 0, cell = 0; row < numRows; row++) {
    const rowEnd = cell + numColumns;
    const end = offsets[indices[row]! + 1]!;
    for (let i = offsets[indices[row]!]! + numSkipped; i < end && cell < rowEnd; i++) rows[cell++] = ids[i]!;
    while (cell < rowEnd) rows[cell++] = padId;
  }
  return rows;
}
