import type { EditTables } from "./edit-tables.ts";

/** Which words of the hypothesis stand for which of the reference in a shortest edit. */
export interface ReferenceAlignment {
  /** For each reference word, the hypothesis word in its place or, where it has none, the last one before; -1 for none. */
  readonly places: Int32Array;
  /** 1 for each hypothesis word that is wrong, 0 for the others. */
  readonly hypothesisErrors: Uint8Array;
  /** 1 for each reference word that is missing. */
  readonly referenceErrors: Uint8Array;
}

/** Walks back from the end: where several edits are equally short, a pair of words goes first, then an extra word. */
export function referenceAlignment(
  { beam: { offsets }, forward }: EditTables,
  words: Int32Array,
  reference: Int32Array,
): ReferenceAlignment {
  const places = new Int32Array(reference.length);
  const hypothesisErrors = new Uint8Array(words.length);
  const referenceErrors = new Uint8Array(reference.length);
  let i = words.length;
  let j = reference.length;
  while (i > 0 || j > 0) {
    const distance = i > 0 ? forward[offsets[i]! + j]! : j;
    const above = i > 0 ? offsets[i - 1]! + j : 0;
    const error = words[i - 1] === reference[j - 1] ? 0 : 1;
    if (i > 0 && j > 0 && forward[above - 1]! + error === distance) {
      places[--j] = --i;
      hypothesisErrors[i] = error;
      referenceErrors[j] = error;
    } else if (i > 0 && forward[above]! + 1 === distance) {
      hypothesisErrors[--i] = 1;
    } else {
      places[--j] = i - 1;
      referenceErrors[j] = 1;
    }
  }
  return { places, hypothesisErrors, referenceErrors };
}
