import type { EditTables } from "./edit-tables.ts";
import { referenceAlignment } from "./reference-alignment.ts";

const MAX_LENGTH = 10;
const MAX_DISTANCE = 50;
const MAX_CANDIDATES = 1000;

/** A shift of words: those from `begin` to `middle` and those from there to `end` change places. */
export interface Shift {
  readonly begin: number;
  readonly middle: number;
  readonly end: number;
}

/** Finds the shift that brings words nearest to the reference, given their distance; none where no shift helps. */
export type ShiftSearch = (words: Int32Array, distance: number) => Shift | undefined;

/**
 * tercom's search. A span that also stands in the reference, with errors on both sides and not aligned to itself, is tried
 * behind each hypothesis word that is aligned to the span there or to the word before it. Of equally good shifts the
 * longest goes first, then the first to start, then the first to arrive. After 1000 candidates in the life of a search it
 * finds no more, not even the best of those.
 *
 * @param tables aligned with the words of each call.
 */
export function shiftSearch(tables: EditTables, reference: Int32Array): ShiftSearch {
  let numCandidates = 0;

  return (words, distance) => {
    const { places, hypothesisErrors, referenceErrors } = referenceAlignment(tables, words, reference);
    let best: Shift | undefined;
    let bestGain = 0;
    let bestLength = Infinity; // a gain of 0 is no gain, however long
    let bestStart = 0;
    let bestTarget = 0;

    function tryTargets(start: number, length: number, place: number): void {
      let previous = -1;
      for (let k = place - 1; k < place + length; k++) {
        const target = k < 0 ? 0 : places[k]! + 1;
        if (target === previous) continue;
        previous = target;
        numCandidates++;
        const shift = shiftTo(start, length, target, words.length);
        const gain = distance - tables.distanceShifted(shift);
        const isBetter =
          gain > bestGain ||
          (gain === bestGain && length > bestLength) ||
          (gain === bestGain && length === bestLength && start === bestStart && target < bestTarget);
        if (!isBetter) continue;
        best = shift;
        bestGain = gain;
        bestLength = length;
        bestStart = start;
        bestTarget = target;
      }
    }

    for (let start = 0; start < words.length; start++) {
      const lastPlace = Math.min(reference.length - 1, start + MAX_DISTANCE);
      for (let place = Math.max(0, start - MAX_DISTANCE); place <= lastPlace; place++) {
        const maxLength = Math.min(MAX_LENGTH, words.length - start, reference.length - place);
        let isHypothesisWrong = false;
        let isReferenceMissing = false;
        for (let length = 1; length <= maxLength; length++) {
          if (words[start + length - 1] !== reference[place + length - 1]) break;
          isHypothesisWrong ||= hypothesisErrors[start + length - 1] === 1;
          isReferenceMissing ||= referenceErrors[place + length - 1] === 1;
          if (!isHypothesisWrong || !isReferenceMissing) continue;
          if (places[place]! >= start && places[place]! < start + length) continue; // aligned to itself
          tryTargets(start, length, place);
          if (numCandidates >= MAX_CANDIDATES) return undefined;
        }
      }
    }
    return best;
  };
}

/** A span shifted to before word `target`; within the span itself, as in the reference tool, by as far to the right. */
function shiftTo(start: number, length: number, target: number, numWords: number): Shift {
  const middle = start + length;
  if (target < start) return { begin: target, middle: start, end: middle };
  return { begin: start, middle, end: target > middle ? target : Math.min(numWords, target + length) };
}
