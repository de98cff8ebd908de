import type { Hypothesis } from "../hypothesis.ts";
import { largestLogit } from "../largest-logit.ts";
import { logSumExp } from "../log-sum-exp.ts";
import type { Normalizer } from "../normalizer.ts";
import type { NextRows, RowOutputs, Search } from "../search.ts";
import { topCandidates } from "../top-candidates.ts";
import { topK } from "../top-k.ts";
import { type Beam, beamHypothesis, emptyBeam } from "./beam.ts";
import { shareAmongBanks } from "./beam-banks.ts";
import type { BeamObserver } from "./beam-observer.ts";
import type { BeamRequest } from "./beam-request.ts";
import { beamScore } from "./beam-score.ts";
import { addAttention } from "./coverage-penalty.ts";
import { endedHypotheses } from "./ended-hypotheses.ts";
import { nothingFound } from "./nothing-found.ts";
import { rowScorer } from "./row-scorer.ts";
import { type BeamCandidate, candidateOf, type CandidateOffer, offerBest } from "./scored-row.ts";

/** At least one hypothesis, the best first. */
export type RankedHypotheses = [Hypothesis, ...Hypothesis[]];

export interface BeamSearcher extends Search<RankedHypotheses> {
  /** @param earlierGroupTokens what groups of beams before this one chose at this step; default none. */
  advance(outputs: RowOutputs, earlierGroupTokens?: ArrayLike<number>): NextRows | undefined;
  /** What `result` gives, or nothing where it throws because nothing was found. */
  ended(): readonly Hypothesis[];
}

interface Extension {
  readonly beam: Beam;
  readonly candidate: BeamCandidate;
  readonly numMissing: number;
}

/** A beam search over one prompt. */
export function beamSearcher(
  request: BeamRequest,
  { offer = offerBest, observer }: { offer?: CandidateOffer; observer?: BeamObserver } = {},
): BeamSearcher {
  const { vocabSize, prompt, maxLength, endTokens, processors } = request;
  const { beamWidth, numHypotheses, lengthPenalty, earlyStopping, isRefilled, phrases } = request;
  const numCandidates = isRefilled ? Math.max(2, 1 + endTokens.size) * beamWidth : beamWidth;
  const top = topCandidates<BeamCandidate>(numCandidates);
  const isExact = earlyStopping === "never" && processors.length === 0;
  const ended = endedHypotheses(isExact ? numHypotheses : Math.max(numHypotheses, beamWidth));
  const scoreRow = rowScorer(request);
  const canSkip = offer === offerBest && processors.length === 0 && !phrases && !observer;
  let live = [emptyBeam(phrases)];
  let length = 0;

  /** The best continuations by one token. */
  const extensions = ({ logits, attention }: RowOutputs, earlierGroupTokens: ArrayLike<number>): Extension[] => {
    const normalizers: Normalizer[] = [];
    const required: BeamCandidate[] = [];
    const numPositions = attention ? attention.length / live.length : 0;
    live.forEach((beam, row) => {
      const firstIndex = row * vocabSize;
      const rowLogits = logits.subarray(firstIndex, firstIndex + vocabSize);
      const largest = largestLogit("logSoftmax", rowLogits);
      if (canSkip && beam.sum <= top.bar()) return; // no log-probability is above 0, so nothing here gets over the bar
      const normal = { max: rowLogits[largest]!, logSum: logSumExp(rowLogits, largest) };
      normalizers[row] = normal;
      const scored = scoreRow({ beam, length, logits: rowLogits, firstIndex }, normal, earlierGroupTokens);
      offer(top, scored);
      if (beam.phrases) {
        const tokens = [...beam.phrases.nextTokens, ...topK(scored.scores, 1)]; // so that no bank dies out
        for (const token of tokens) required.push(candidateOf(scored, token));
      }
      observer?.expanded(beam, scored);
    });
    const extend = (candidate: BeamCandidate): Extension => {
      const row = Math.floor(candidate.index / vocabSize);
      const token = candidate.index - row * vocabSize;
      const parent = live[row]!;
      const { max, logSum } = normalizers[row]!;
      const beam: Beam = {
        token,
        parent,
        row,
        sum: candidate.sum,
        logProbability: logits[candidate.index]! - max - logSum,
        coverage: addAttention(
          request,
          parent.coverage,
          attention?.subarray(row * numPositions, (row + 1) * numPositions),
        ),
        phrases: parent.phrases?.after(token),
      };
      return { beam, candidate, numMissing: beam.phrases?.numMissing ?? 0 };
    };
    const best = top.take();
    if (!phrases) return best.map(extend);
    const others = required.filter(({ index, sum }) => sum > -Infinity && !best.some((each) => each.index === index));
    const ranked = [...best, ...new Map(others.map((each) => [each.index, each])).values()];
    return shareAmongBanks(ranked.sort((a, b) => b.key - a.key).map(extend), numCandidates);
  };

  /** Whether the best live sequence cannot get in among the ended ones, as far as the way of stopping looks. */
  const isBeaten = (best: Beam): boolean => {
    const bar = ended.bar();
    if (bar === -Infinity) return false;
    if (earlyStopping === true) return true;
    if (earlyStopping === "heuristic") return beamScore(request, best, length) <= bar;
    // A sum can only fall, a penalty changes in one direction, and no coverage is better than a full one.
    return Math.max(best.sum / lengthPenalty(length + 1), best.sum / lengthPenalty(maxLength)) <= bar;
  };

  return {
    prompt,
    advance(outputs, earlierGroupTokens = []) {
      const found = extensions(outputs, earlierGroupTokens);
      length++;
      const goingOn: Beam[] = [];
      const ending: Beam[] = [];
      found.forEach(({ beam, numMissing }, rank) => {
        const isFinished = endTokens.has(beam.token);
        if (!isFinished && length < maxLength) goingOn.push(beam);
        else if (rank < beamWidth && numMissing === 0) {
          ending.push(beam);
          ended.add(beamHypothesis(beam, { length, score: beamScore(request, beam, length), isFinished }));
        }
      });
      const kept = phrases ? goingOn.slice(0, beamWidth) : goingOn; // the banks have shared the places out
      live = kept.sort((a, b) => b.sum - a.sum).slice(0, beamWidth);
      observer?.chosen({ live, ending });
      if (live.length === 0 || isBeaten(live[0]!)) return undefined;
      return { rows: live.map(({ row }) => row), tokens: live.map(({ token }) => token) };
    },
    ended: () => ended.ranked.slice(0, numHypotheses),
    result() {
      const [best, ...others] = ended.ranked.slice(0, numHypotheses);
      if (!best) throw nothingFound(request, length);
      return [best, ...others];
    },
  };
}
