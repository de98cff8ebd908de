import type { Beam } from "./beam.ts";
import type { BeamRequest } from "./beam-request.ts";
import { coveragePenalty } from "./coverage-penalty.ts";

/** What a sequence of `length` tokens is ranked by when it ends. */
export function beamScore({ lengthPenalty, coverageWeight }: BeamRequest, beam: Beam, length: number): number {
  return beam.sum / lengthPenalty(length) + coveragePenalty(beam.coverage, coverageWeight);
}
