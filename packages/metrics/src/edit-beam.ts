const BEAM_WIDTH = 25;

/**
 * The part of a table of edit distances, a row for each prefix of H hypothesis words and a column for each of R reference
 * words, that tercom looks at: 25 columns to each side of the diagonal, more where the
 * reference is 50 times as long as the hypothesis or longer.
 */
export interface EditBeam {
  /** Of row i, the first column, [H + 1]. */
  readonly starts: Int32Array;
  /** Of row i, the column behind the last, [H + 1]. The last row always ends with column R. */
  readonly ends: Int32Array;
  /** Cell (i, j) of a table is at `offsets[i] + j`, [H + 1]. */
  readonly offsets: Int32Array;
  /** The cells of a table, with those around the beam that are read and never written. */
  readonly size: number;
}

/** Both lengths are positive. */
export function editBeam(hypothesisLength: number, referenceLength: number): EditBeam {
  const slope = referenceLength / hypothesisLength;
  const width = BEAM_WIDTH < slope / 2 ? Math.ceil(slope / 2 + BEAM_WIDTH) : BEAM_WIDTH;
  const starts = new Int32Array(hypothesisLength + 1);
  const ends = new Int32Array(hypothesisLength + 1);
  const offsets = new Int32Array(hypothesisLength + 1);
  for (let i = 1; i <= hypothesisLength; i++) {
    const diagonal = Math.floor(i * slope);
    starts[i] = Math.max(0, diagonal - width);
    ends[i] = i === hypothesisLength ? referenceLength + 1 : Math.min(referenceLength + 1, diagonal + width);
  }
  ends[0] = ends[1]!; // what row 1 reads of it

  let size = 0;
  for (let i = 0; i <= hypothesisLength; i++) {
    const first = starts[Math.max(0, i - 1)]! - 1; // the row before, in the backward table, and the one to the left
    const last = ends[Math.min(hypothesisLength, i + 1)]!; // the row behind, and the one to the right
    offsets[i] = size - first;
    size += last - first + 1;
  }
  return { starts, ends, offsets, size };
}
