/** What becomes of a token, by the number that stands for it in a table of choices. */
export const OPERATIONS = ["hit", "substitution", "insertion", "deletion"] as const;
const [HIT, SUBSTITUTION, INSERTION, DELETION] = [0, 1, 2, 3] as const;

/**
 * Counts the edits of one shortest alignment in two rows of memory: where several edits of a cell are equally short, a
 * deletion goes before a substitution, that before an insertion, that before a hit.
 *
 * @param choices [hypothesis, reference], written with the operation of each cell where given.
 */
export function countEdits(
  hypothesis: Int32Array,
  reference: Int32Array,
  choices?: Uint8Array,
): { distance: number; substitutions: number } {
  const width = reference.length;
  const distances = Int32Array.from({ length: width + 1 }, (_, i) => i);
  const substitutions = new Int32Array(width + 1); // on the way to the same cells
  for (let j = 0; j < hypothesis.length; j++) {
    const token = hypothesis[j];
    let diagonal = j;
    let diagonalSubstitutions = 0;
    let left = j + 1;
    let leftSubstitutions = 0;
    distances[0] = left;
    for (let i = 0; i < width; i++) {
      const above = distances[i + 1]!;
      const aboveSubstitutions = substitutions[i + 1]!;
      const distance = token === reference[i] ? diagonal : 1 + Math.min(diagonal, above, left);
      let choice: number = HIT;
      if (distance > left) {
        choice = DELETION;
      } else if (distance > diagonal) {
        choice = SUBSTITUTION;
        leftSubstitutions = diagonalSubstitutions + 1;
      } else if (distance > above) {
        choice = INSERTION;
        leftSubstitutions = aboveSubstitutions;
      } else {
        leftSubstitutions = diagonalSubstitutions;
      }
      if (choices) choices[j * width + i] = choice;
      left = distance;
      distances[i + 1] = distance;
      substitutions[i + 1] = leftSubstitutions;
      diagonal = above;
      diagonalSubstitutions = aboveSubstitutions;
    }
  }
  return { distance: distances[width]!, substitutions: substitutions[width]! };
}
