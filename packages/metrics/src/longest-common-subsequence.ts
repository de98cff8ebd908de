import { differingMiddle } from "./differing-middle.ts";

/** The length of the longest sequence that both contain, perhaps with gaps; one row of memory. */
export function longestCommonLength(left: readonly string[], right: readonly string[]): number {
  const middle = differingMiddle("longestCommonLength", left, right);
  const { hypothesis: rows, reference: columns } = middle;
  const lengths = new Int32Array(columns.length + 1);
  for (let i = 0; i < rows.length; i++) {
    const token = rows[i];
    let diagonal = 0;
    for (let j = 0; j < columns.length; j++) {
      const above = lengths[j + 1]!;
      lengths[j + 1] = token === columns[j] ? diagonal + 1 : Math.max(above, lengths[j]!);
      diagonal = above;
    }
  }
  return middle.prefixLength + lengths[columns.length]! + middle.suffixLength;
}

/**
 * Marks in `isCommon` [R] the tokens of the reference that one longest common subsequence holds, read from the end: equal
 * tokens are taken, otherwise a reference token is passed over where that is no worse than passing over a hypothesis token.
 */
export function markLongestCommon(
  hypothesis: readonly string[],
  reference: readonly string[],
  isCommon: boolean[],
): void {
  const width = hypothesis.length + 1;
  const lengths = new Int32Array((reference.length + 1) * width);
  for (let i = 1; i <= reference.length; i++) {
    for (let j = 1; j < width; j++) {
      const at = i * width + j;
      lengths[at] =
        reference[i - 1] === hypothesis[j - 1]
          ? lengths[at - width - 1]! + 1
          : Math.max(lengths[at - width]!, lengths[at - 1]!);
    }
  }
  let i = reference.length;
  let j = hypothesis.length;
  while (i > 0 && j > 0) {
    const at = i * width + j;
    if (reference[i - 1] === hypothesis[j - 1]) {
      isCommon[i - 1] = true;
      i--;
      j--;
    } else if (lengths[at - 1]! > lengths[at - width]!) {
      j--;
    } else {
      i--;
    }
  }
}
