import { checkPositiveInteger } from "../check-positive-integer.ts";
import { type PhraseProgress, phraseProgress } from "../constraints/phrase-progress.ts";
import type { DecodingRequest } from "../decoding-options.ts";
import type { BeamOptions } from "./beam-search-options.ts";
import { checkBeamWidth } from "./check-beam-width.ts";
import { type LengthPenalty, powerLengthPenalty } from "./length-penalty.ts";

/** Options of a beam search over one prompt that were checked and copied. */
export interface BeamRequest extends DecodingRequest {
  readonly beamWidth: number;
  readonly numHypotheses: number;
  readonly lengthPenalty: LengthPenalty;
  readonly coverageWeight: number;
  readonly earlyStopping: true | "heuristic" | "never";
  readonly isRefilled: boolean;
  /** How far a sequence without a token is with the required phrases; `undefined` where there are none. */
  readonly phrases: PhraseProgress | undefined;
}

export function beamRequest(request: DecodingRequest, options: BeamOptions): BeamRequest {
  const { caller, maxLength } = request;
  const {
    beamWidth,
    numHypotheses = 1,
    lengthPenalty = powerLengthPenalty(0.75),
    coverageWeight = 0,
    earlyStopping = "never",
    isRefilled = false,
    requiredPhrases = [],
  } = options;
  checkBeamWidth(request, "beamWidth", beamWidth);
  checkPositiveInteger(caller, "numHypotheses", numHypotheses);
  if (earlyStopping !== true && earlyStopping !== "heuristic" && earlyStopping !== "never") {
    throw new RangeError(`${caller}: earlyStopping must be true, "heuristic" or "never", got ${String(earlyStopping)}`);
  }
  if (earlyStopping !== "never" && numHypotheses > beamWidth) {
    throw new RangeError(
      `${caller}: numHypotheses must be at most beamWidth, ${beamWidth}, unless earlyStopping is "never", got ${numHypotheses}`,
    );
  }
  for (const length of [1, maxLength]) {
    const penalty = lengthPenalty(length);
    if (!(penalty > 0 && penalty < Infinity)) {
      throw new RangeError(
        `${caller}: lengthPenalty must be positive and finite, got ${penalty} for the length ${length}`,
      );
    }
  }
  if (!(coverageWeight >= 0 && coverageWeight < Infinity)) {
    throw new RangeError(`${caller}: coverageWeight must be finite and at least 0, got ${coverageWeight}`);
  }
  return {
    ...request,
    beamWidth,
    numHypotheses,
    lengthPenalty,
    coverageWeight,
    earlyStopping,
    isRefilled,
    phrases: requiredPhrases.length === 0 ? undefined : phraseProgress(request, requiredPhrases),
  };
}
