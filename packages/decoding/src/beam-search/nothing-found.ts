import { impossibleTokens } from "../impossible-tokens.ts";
import type { BeamRequest } from "./beam-request.ts";

/** The error of a search that ended without a hypothesis, having looked at sequences of up to `length` tokens. */
export function nothingFound({ caller, maxLength, phrases }: BeamRequest, length: number): RangeError {
  if (!phrases) return impossibleTokens(caller, length);
  return new RangeError(
    `${caller}: requiredPhrases must be possible in ${maxLength} tokens beside the other constraints, got no sequence that holds all`,
  );
}
