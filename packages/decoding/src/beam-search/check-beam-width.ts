import { checkPositiveInteger } from "../check-positive-integer.ts";
import type { DecodingRequest } from "../decoding-options.ts";

/** A beam is a number of distinct sequences, of which there must be as many. */
export function checkBeamWidth({ caller, vocabSize, maxLength }: DecodingRequest, name: string, width: number): void {
  checkPositiveInteger(caller, name, width);
  const numSequences = vocabSize ** maxLength;
  if (width > numSequences) {
    throw new RangeError(
      `${caller}: ${name} must be at most ${numSequences}, the number of sequences of ${maxLength} tokens out of ${vocabSize}, got ${width}`,
    );
  }
}
