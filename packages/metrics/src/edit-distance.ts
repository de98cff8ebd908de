import { differingMiddle, type TokenSequence } from "./differing-middle.ts";

/**
 * The Levenshtein distance: the fewest substitutions, insertions and deletions, at one each, that turn the reference into
 * the hypothesis. Time is the product of the lengths, less what the two share at both ends; memory is one row.
 *
 * @param hypothesis tokens, ids, or a string, whose tokens are code points. Borrowed.
 * @param reference of the same kind; exchanging the two changes nothing. Borrowed.
 * @throws TypeError for what is no sequence.
 * @see Levenshtein (1966); Wagner and Fischer, "The String-to-String Correction Problem" (1974).
 */
export function editDistance(hypothesis: TokenSequence, reference: TokenSequence): number {
  const middle = differingMiddle("editDistance", hypothesis, reference);
  const isLonger = middle.hypothesis.length > middle.reference.length;
  const columns = isLonger ? middle.reference : middle.hypothesis;
  const rows = isLonger ? middle.hypothesis : middle.reference;

  const distances = Int32Array.from({ length: columns.length + 1 }, (_, i) => i); // of the row above, then of this one
  for (let j = 0; j < rows.length; j++) {
    const token = rows[j];
    let diagonal = j;
    let left = j + 1;
    distances[0] = left;
    for (let i = 0; i < columns.length; i++) {
      const above = distances[i + 1]!;
      if (token === columns[i]) left = diagonal;
      else left = 1 + Math.min(diagonal, above, left);
      distances[i + 1] = left;
      diagonal = above;
    }
  }
  return distances[columns.length]!;
}
