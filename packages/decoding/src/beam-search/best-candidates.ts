import { topCandidates } from "../top-candidates.ts";
import type { BeamRequest } from "./beam-request.ts";
import type { CandidateSelection } from "./candidate-selection.ts";
import { type BeamCandidate, candidateOf, type ScoredRow } from "./scored-row.ts";

/**
 * The K candidates of the largest sums; where the beam is refilled, the K largest of those that go on, and all that end. A
 * pass over a row of V scores allocates nothing but what it keeps.
 */
export function bestCandidates({ beamWidth, endTokens, isRefilled, processors }: BeamRequest): CandidateSelection {
  const top = topCandidates<BeamCandidate>(beamWidth);
  let ending: BeamCandidate[] = [];
  return {
    // No log-probability is above 0. What processors make of one may be.
    isHopeless: (sum) => processors.length === 0 && sum <= top.bar(),
    offer(row) {
      const { scores } = row;
      if (isRefilled) for (const end of endTokens) if (scores[end] !== -Infinity) ending.push(candidateOf(row, end));
      let bar = scoreBar(top.bar(), row);
      for (let block = 0; block < scores.length; block += 8) {
        // One branch for eight scores is half the time of one for each.
        if (
          block + 8 <= scores.length &&
          scores[block]! <= bar &&
          scores[block + 1]! <= bar &&
          scores[block + 2]! <= bar &&
          scores[block + 3]! <= bar &&
          scores[block + 4]! <= bar &&
          scores[block + 5]! <= bar &&
          scores[block + 6]! <= bar &&
          scores[block + 7]! <= bar
        ) {
          continue;
        }
        const end = Math.min(block + 8, scores.length);
        for (let token = block; token < end; token++) {
          if (scores[token]! > bar && !(isRefilled && endTokens.has(token))) {
            top.offer(candidateOf(row, token));
            bar = scoreBar(top.bar(), row);
          }
        }
      }
    },
    take() {
      const taken = [...top.take(), ...ending];
      if (ending.length > 0) taken.sort((a, b) => b.key - a.key || a.index - b.index);
      ending = [];
      return taken;
    },
  };
}

/** What a score has to exceed for its sum to exceed the bar: less than that by more than rounding can be wrong. */
function scoreBar(bar: number, { max, logSum, sum }: ScoredRow): number {
  const score = bar - sum + logSum + max;
  return score - 1e-12 * (Math.abs(bar) + Math.abs(sum) + Math.abs(logSum) + Math.abs(max));
}
