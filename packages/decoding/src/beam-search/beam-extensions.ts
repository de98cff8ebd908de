import { largestLogit } from "../largest-logit.ts";
import { logSumExp } from "../log-sum-exp.ts";
import type { Normalizer } from "../normalizer.ts";
import { loadRow } from "../row-kernels/loaded-row.ts";
import type { RowOutputs } from "../search.ts";
import { topK } from "../top-k.ts";
import type { Beam } from "./beam.ts";
import { shareAmongBanks } from "./beam-banks.ts";
import type { BeamObserver } from "./beam-observer.ts";
import type { BeamRequest } from "./beam-request.ts";
import type { CandidateSelection } from "./candidate-selection.ts";
import { addAttention } from "./coverage-penalty.ts";
import { rowScorer } from "./row-scorer.ts";
import { type BeamCandidate, candidateOf } from "./scored-row.ts";

/** The live sequences of one step. */
export interface LiveBeams {
  readonly live: readonly Beam[];
  /** The number of tokens of each. */
  readonly length: number;
  readonly outputs: RowOutputs;
  readonly earlierGroupTokens: ArrayLike<number>;
}

/** Extends live sequences by one token: those selected, the best first, or, with required phrases, the banks in turns. */
export function beamExtender(
  request: BeamRequest,
  selection: CandidateSelection,
  observer: BeamObserver | undefined,
): (beams: LiveBeams) => Beam[] {
  const { vocabSize, beamWidth, endTokens, isRefilled, phrases } = request;
  const scoreRow = rowScorer(request);
  return ({ live, length, outputs: { logits, attention }, earlierGroupTokens }) => {
    const normalizers: Normalizer[] = [];
    const required: BeamCandidate[] = [];
    live.forEach((beam, row) => {
      const firstIndex = row * vocabSize;
      const rowLogits = logits.subarray(firstIndex, firstIndex + vocabSize);
      const loaded = loadRow(rowLogits);
      const largest = largestLogit("logSoftmax", rowLogits, loaded);
      const below = phrases || observer ? Infinity : mostLogSum(beam.sum, selection.bar());
      if (below <= 0) return;
      const max = rowLogits[largest]!;
      const normalizer = { max, logSum: logSumExp(loaded, { max, largest, below }) };
      if (normalizer.logSum >= below) return;
      normalizers[row] = normalizer;
      const scored = scoreRow({ beam, length, logits: rowLogits, loaded, firstIndex }, normalizer, earlierGroupTokens);
      selection.offer(scored);
      if (beam.phrases) {
        const tokens = [...beam.phrases.nextTokens, ...topK(scored.scores, 1)]; // so that no bank dies out
        for (const token of tokens) if (scored.scores[token] !== -Infinity) required.push(candidateOf(scored, token));
      }
      observer?.expanded(beam, scored);
    });
    const extend = ({ index, sum }: BeamCandidate): Beam => {
      const row = Math.floor(index / vocabSize);
      const token = index - row * vocabSize;
      const parent = live[row]!;
      const { max, logSum } = normalizers[row]!;
      const numPositions = attention ? attention.length / live.length : 0;
      const ownAttention = attention?.subarray(row * numPositions, (row + 1) * numPositions);
      return {
        token,
        parent,
        row,
        sum,
        logProbability: logits[index]! - max - logSum,
        coverage: addAttention(request, parent.coverage, ownAttention),
        phrases: parent.phrases?.after(token),
      };
    };
    const selected = selection.take();
    if (!phrases) return selected.map(extend);
    const distinct = new Map([...selected, ...required].map((candidate) => [candidate.index, candidate]));
    const ranked = [...distinct.values()].sort((a, b) => b.key - a.key).map(extend);
    return shareAmongBanks(ranked, isRefilled ? (1 + endTokens.size) * beamWidth : beamWidth);
  };
}

/** What the logarithm of a row's sum has to stay below for the row to reach the bar: more than that by more than rounding can be wrong. */
function mostLogSum(sum: number, bar: number): number {
  return sum - bar + 1e-12 * (Math.abs(sum) + Math.abs(bar));
}
