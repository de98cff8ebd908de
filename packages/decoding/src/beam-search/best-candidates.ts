import { loadRow } from "../row-kernels/loaded-row.ts";
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
    bar: () => (processors.length === 0 ? top.bar() : -Infinity),
    offer(row) {
      const { scores } = row;
      if (isRefilled) for (const end of endTokens) if (scores[end] !== -Infinity) ending.push(candidateOf(row, end));
      const loaded = row.loaded ?? loadRow(scores);
      const toScore = scoreBar(row);
      loaded.visitAbove(
        () => toScore(top.bar()),
        (token) => {
          if (!(isRefilled && endTokens.has(token))) top.offer(candidateOf(row, token));
        },
      );
    },
    take() {
      const taken = [...top.take(), ...ending];
      if (ending.length > 0) taken.sort((a, b) => b.key - a.key || a.index - b.index);
      ending = [];
      return taken;
    },
  };
}

/** What a score has to exceed for its sum to exceed a bar: less than that by more than rounding can be wrong. */
function scoreBar({ max, logSum, sum }: ScoredRow): (bar: number) => number {
  const lift = max + logSum - sum;
  const slack = 1e-12 * (Math.abs(max) + Math.abs(logSum) + Math.abs(sum));
  return (bar) => bar - 1e-12 * Math.abs(bar) + (lift - slack);
}
