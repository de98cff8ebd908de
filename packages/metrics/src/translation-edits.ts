import { editTables } from "./edit-tables.ts";
import { shiftSearch } from "./shift-search.ts";

/**
 * The edits that turn a hypothesis into a reference: a word inserted, deleted or replaced, or a span of words shifted. As
 * in tercom, shifts are made greedily, the one that helps most first, as long as they help.
 *
 * @param hypothesis ids of words, equal where the words are. Borrowed.
 * @param reference ids of words. Borrowed.
 */
export function translationEdits(hypothesis: Int32Array, reference: Int32Array): number {
  if (hypothesis.length === 0 || reference.length === 0) return hypothesis.length + reference.length;
  const tables = editTables(hypothesis.length, reference);
  const search = shiftSearch(tables, reference);
  const words = hypothesis.slice();
  for (let numShifts = 0; ; numShifts++) {
    const distance = tables.align(words);
    const shift = distance > 0 ? search(words, distance) : undefined;
    if (!shift) return numShifts + distance;
    const moved = words.slice(shift.begin, shift.middle);
    words.copyWithin(shift.begin, shift.middle, shift.end);
    words.set(moved, shift.begin + shift.end - shift.middle);
  }
}
