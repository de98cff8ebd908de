import { type EditBeam, editBeam } from "./edit-beam.ts";
import type { Shift } from "./shift-search.ts";

/** More than any distance, and an int32 still when edits are added. */
const UNREACHED = 2 ** 29;

/** Edit distances between a hypothesis that is rearranged again and again and one reference, within tercom's beam. */
export interface EditTables {
  readonly beam: EditBeam;
  /** Cell (i, j) is the distance between the first i words of the hypothesis and the first j of the reference. */
  readonly forward: Int32Array;
  /** Takes H words as the hypothesis and returns their distance. Borrowed until the next call. */
  align(words: Int32Array): number;
  /** The distance of those words after a shift. */
  distanceShifted(shift: Shift): number;
}

/**
 * A shift changes only the rows that it spans, so that its distance is found from the row before them, those rows, and the
 * distances from the last of them to the end, which a second table has.
 *
 * @param hypothesisLength H, positive.
 * @param reference ids of words, one or more.
 */
export function editTables(hypothesisLength: number, reference: Int32Array): EditTables {
  const beam = editBeam(hypothesisLength, reference.length);
  const { starts, ends, offsets, size } = beam;
  const forward = new Int32Array(size).fill(UNREACHED);
  const backward = new Int32Array(size).fill(UNREACHED);
  const shifted = new Int32Array(size).fill(UNREACHED);
  const columns = new Int32Array(reference.length + 2).fill(-1); // the word that ends at j; none at both borders
  columns.set(reference, 1);
  for (let j = 0; j < ends[0]!; j++) forward[offsets[0]! + j] = j;
  for (let j = starts[hypothesisLength]!; j <= reference.length; j++) {
    backward[offsets[hypothesisLength]! + j] = reference.length - j;
  }
  let words: Int32Array = new Int32Array(0);

  /** Row i of `table` for a hypothesis whose word i - 1 is `word`, from the row before it in `before`. */
  function fillRow(i: number, word: number, before: Int32Array, table: Int32Array): void {
    const above = offsets[i - 1]!;
    const row = offsets[i]!;
    const end = ends[i]!;
    let left = UNREACHED;
    let diagonal = before[above + starts[i]! - 1]!;
    for (let j = starts[i]!; j < end; j++) {
      const up = before[above + j]!;
      left = Math.min(columns[j] === word ? diagonal : diagonal + 1, up + 1, left + 1);
      table[row + j] = left;
      diagonal = up;
    }
  }

  function fillBackward(): void {
    for (let i = hypothesisLength - 1; i > 0; i--) {
      const word = words[i]!;
      const below = offsets[i + 1]!;
      const row = offsets[i]!;
      const start = starts[i]!;
      let right = UNREACHED;
      let diagonal = backward[below + ends[i]!]!;
      for (let j = ends[i]! - 1; j >= start; j--) {
        const down = backward[below + j]!;
        right = Math.min(columns[j + 1] === word ? diagonal : diagonal + 1, down + 1, right + 1);
        backward[row + j] = right;
        diagonal = down;
      }
    }
  }

  return {
    beam,
    forward,
    align(newWords) {
      words = newWords;
      for (let i = 1; i <= hypothesisLength; i++) fillRow(i, words[i - 1]!, forward, forward);
      fillBackward();
      return forward[offsets[hypothesisLength]! + reference.length]!;
    },
    distanceShifted({ begin, middle, end }) {
      const wrap = begin + end - middle;
      for (let i = begin; i < end; i++) {
        const word = words[i < wrap ? i + middle - begin : i - end + middle]!;
        fillRow(i + 1, word, i === begin ? forward : shifted, shifted);
      }
      let distance = UNREACHED;
      for (let at = offsets[end]! + starts[end]!; at < offsets[end]! + ends[end]!; at++) {
        distance = Math.min(distance, shifted[at]! + backward[at]!);
      }
      return distance;
    },
  };
}
