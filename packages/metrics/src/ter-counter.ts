import { internWords } from "./intern-words.ts";
import { resolveTerOptions, type TerOptions } from "./ter-options.ts";
import { tokenizeTercom } from "./tokenize-tercom.ts";
import { translationEdits } from "./translation-edits.ts";

/** Adds to `sums` [2] the fewest edits of a segment against any of its references, one or more, and their mean length. */
export type TerCounter = (hypothesis: string, references: readonly string[], sums: Float64Array) => void;

export function terCounter(options: TerOptions): TerCounter {
  const resolved = resolveTerOptions(options);
  return (hypothesis, references, sums) => {
    const ids = new Map<string, number>();
    const wordsOf = (text: string) => Int32Array.from(internWords(tokenizeTercom(text, resolved), ids));
    const words = wordsOf(hypothesis);
    let edits = Infinity;
    let referenceLength = 0;
    for (const reference of references) {
      const referenceWords = wordsOf(reference);
      edits = Math.min(edits, translationEdits(words, referenceWords));
      referenceLength += referenceWords.length;
    }
    sums[0]! += edits;
    sums[1]! += referenceLength / references.length;
  };
}
