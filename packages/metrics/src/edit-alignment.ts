import { countEdits, OPERATIONS } from "./count-edits.ts";
import { differingMiddle, type TokenSequence } from "./differing-middle.ts";
import { type ErrorRateStatistics, statisticsOfEdits } from "./error-rate-statistics.ts";

/** One step of an alignment. The index in the sequence that takes no part is that of its next token. */
export interface EditOperation {
  readonly operation: "hit" | "substitution" | "insertion" | "deletion";
  readonly hypothesisIndex: number;
  readonly referenceIndex: number;
}

/** A shortest way from the reference to the hypothesis, from left to right, with its counts. */
export interface EditAlignment extends ErrorRateStatistics {
  /** Substitutions, insertions and deletions together. */
  readonly distance: number;
  readonly operations: readonly EditOperation[];
}

/**
 * A shortest alignment of two sequences; an insertion is a token that only the hypothesis has. Among equally short ones it
 * is RapidFuzz's, and so jiwer's: what both share at the beginning and then at the end stays; in between, from the end
 * backwards, a deletion goes before a substitution, that before an insertion, that before a hit.
 *
 * @param hypothesis tokens, ids, or a string, whose tokens are code points. Borrowed.
 * @param reference of the same kind. Borrowed.
 * @returns the caller's; its making takes one byte for every pair of tokens in between.
 * @throws TypeError for what is no sequence.
 */
export function editAlignment(hypothesis: TokenSequence, reference: TokenSequence): EditAlignment {
  const middle = differingMiddle("editAlignment", hypothesis, reference);
  const { prefixLength, suffixLength } = middle;
  const width = middle.reference.length;
  const choices = new Uint8Array(middle.hypothesis.length * width);
  const edits = countEdits(middle.hypothesis, middle.reference, choices);

  const operations: EditOperation[] = [];
  let hypothesisIndex = prefixLength + middle.hypothesis.length + suffixLength;
  let referenceIndex = prefixLength + width + suffixLength;
  const stepBack = (operation: EditOperation["operation"]): void => {
    if (operation !== "deletion") hypothesisIndex--;
    if (operation !== "insertion") referenceIndex--;
    operations.push({ operation, hypothesisIndex, referenceIndex });
  };
  for (let k = 0; k < suffixLength; k++) stepBack("hit");
  while (hypothesisIndex > prefixLength || referenceIndex > prefixLength) {
    const j = hypothesisIndex - prefixLength - 1;
    const i = referenceIndex - prefixLength - 1;
    stepBack(j < 0 ? "deletion" : i < 0 ? "insertion" : OPERATIONS[choices[j * width + i]!]!);
  }
  for (let k = 0; k < prefixLength; k++) stepBack("hit");
  return { distance: edits.distance, ...statisticsOfEdits(middle, edits), operations: operations.reverse() };
}
