import type { Generator } from "@rnnkit/random";
import { standardGumbel } from "../sampling/standard-gumbel.ts";
import { topCandidates } from "../top-candidates.ts";
import type { BeamRequest } from "./beam-request.ts";
import type { CandidateSelection } from "./candidate-selection.ts";
import { type BeamCandidate, candidateOf } from "./scored-row.ts";

/**
 * Candidates drawn without replacement from the softmax of all sums, in the order drawn: K of them, and where the beam is
 * refilled as many as leave K when all that can have ended.
 */
export function drawnCandidates(
  { beamWidth, endTokens, isRefilled }: BeamRequest,
  generator: Generator,
): CandidateSelection {
  const top = topCandidates<BeamCandidate>(isRefilled ? Math.max(2, 1 + endTokens.size) * beamWidth : beamWidth);
  return {
    bar: () => -Infinity,
    offer(row) {
      for (let token = 0; token < row.scores.length; token++) {
        if (row.scores[token] === -Infinity) continue;
        const { index, sum } = candidateOf(row, token);
        const key = sum + standardGumbel(generator);
        if (key > top.bar()) top.offer({ index, key, sum });
      }
    },
    take: () => top.take(),
  };
}
