import type { Hypothesis } from "../hypothesis.ts";
import type { NextRows, RowOutputs, Search } from "../search.ts";
import { type Beam, beamHypothesis, emptyBeam } from "./beam.ts";
import { beamExtender } from "./beam-extensions.ts";
import type { BeamObserver } from "./beam-observer.ts";
import type { BeamRequest } from "./beam-request.ts";
import { beamScore } from "./beam-score.ts";
import { bestCandidates } from "./best-candidates.ts";
import type { CandidateSelection } from "./candidate-selection.ts";
import { endedHypotheses } from "./ended-hypotheses.ts";
import { nothingFound } from "./nothing-found.ts";

/** At least one hypothesis, the best first. */
export type RankedHypotheses = [Hypothesis, ...Hypothesis[]];

export interface BeamSearcher extends Search<RankedHypotheses> {
  /** @param earlierGroupTokens what groups of beams before this one chose at this step; default none. */
  advance(outputs: RowOutputs, earlierGroupTokens?: ArrayLike<number>): NextRows | undefined;
  /** What `result` gives, or nothing where it throws because nothing was found. */
  ended(): readonly Hypothesis[];
}

/** A beam search over one prompt. */
export function beamSearcher(
  request: BeamRequest,
  { selection = bestCandidates(request), observer }: { selection?: CandidateSelection; observer?: BeamObserver } = {},
): BeamSearcher {
  const { prompt, maxLength, endTokens, processors, beamWidth, numHypotheses } = request;
  const { lengthPenalty, earlyStopping, phrases } = request;
  const isExact = earlyStopping === "never" && processors.length === 0;
  const ended = endedHypotheses(isExact ? numHypotheses : Math.max(numHypotheses, beamWidth));
  const extend = beamExtender(request, selection, observer);
  let live: readonly Beam[] = [emptyBeam(phrases)];
  let length = 0;

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
      const extensions = extend({ live, length, outputs, earlierGroupTokens });
      length++;
      const goingOn: Beam[] = [];
      const ending: Beam[] = [];
      extensions.forEach((beam, rank) => {
        const isFinished = endTokens.has(beam.token);
        if (!isFinished && length < maxLength) goingOn.push(beam);
        else if (rank < beamWidth && (beam.phrases?.numMissing ?? 0) === 0) {
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
