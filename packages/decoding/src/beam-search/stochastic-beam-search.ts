import type { Generator } from "@rnnkit/random";
import { type DecodingOptions, decodingRequest, type DecodingRequest } from "../decoding-options.ts";
import type { Hypothesis } from "../hypothesis.ts";
import { impossibleTokens } from "../impossible-tokens.ts";
import { isPossible } from "../is-possible.ts";
import { normalizer } from "../normalizer.ts";
import { runSearches } from "../run-searches.ts";
import { conditionedGumbels } from "../sampling/conditioned-gumbels.ts";
import { standardGumbel } from "../sampling/standard-gumbel.ts";
import type { Search } from "../search.ts";
import type { Stepper } from "../stepper.ts";
import { topCandidates } from "../top-candidates.ts";
import { type Beam, beamHypothesis, emptyBeam } from "./beam.ts";
import { checkBeamWidth } from "./check-beam-width.ts";
import { rowScorer } from "./row-scorer.ts";

/** What {@link stochasticBeamSearch} needs to know. */
export interface StochasticBeamSearchOptions extends DecodingOptions {
  /** How many sequences to draw: at most as many as there are sequences of `maxLength`, V^maxLength. */
  readonly numSamples: number;
  /** Where the draws come from; advanced. */
  readonly generator: Generator;
  /** Divides the log-probabilities, before a softmax, after all processors. Positive and finite, default 1. */
  readonly temperature?: number;
}

/** A sequence in the beam, alive or ended, with its perturbed log-probability. */
interface Sample {
  readonly beam: Beam;
  readonly length: number;
  readonly perturbed: number;
  readonly isFinished: boolean;
}

/**
 * Draws distinct sequences: whole sequences without replacement from the distribution that `multinomial` draws from, by a
 * beam search of width `numSamples` over log-probabilities with Gumbel noise.
 *
 * @param stepper borrowed; all live sequences take a step together.
 * @returns `numSamples` hypotheses in the order drawn, fewer where fewer are possible. The score is the perturbed
 * log-probability by which they are ranked; the last one's is the threshold of importance weights for the others.
 * @throws RangeError for a nonsense option, when the stepper gives NaN, Infinity or a row without a finite logit, or when
 * constraints and processors leave no sequence.
 * @see Kool et al., "Stochastic Beams and Where to Find Them" (2019).
 */
export async function stochasticBeamSearch<State>(
  stepper: Stepper<State>,
  { numSamples, generator, temperature = 1, ...options }: StochasticBeamSearchOptions,
): Promise<Hypothesis[]> {
  const request = decodingRequest("stochasticBeamSearch", stepper.vocabSize, options);
  checkBeamWidth(request, "numSamples", numSamples);
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`stochasticBeamSearch: temperature must be positive and finite, got ${temperature}`);
  }
  const [samples] = await runSearches(
    stepper,
    [sampler(request, { numSamples, generator, temperature })],
    request.signal,
  );
  return samples!;
}

function sampler(
  request: DecodingRequest,
  { numSamples, generator, temperature }: { numSamples: number; generator: Generator; temperature: number },
): Search<Hypothesis[]> {
  const { caller, vocabSize, prompt, maxLength, endTokens } = request;
  const scoreRow = rowScorer(request);
  const root = emptyBeam();
  let samples: Sample[] = [{ beam: root, length: 0, perturbed: standardGumbel(generator), isFinished: false }];
  let live = samples;
  let length = 0;
  const perturbed = new Float64Array(vocabSize);
  return {
    prompt,
    advance({ logits }) {
      const top = topCandidates<{ index: number; key: number; sum: number; logProbability: number }>(numSamples);
      const ended = samples.filter((sample) => !live.includes(sample));
      ended.forEach((sample, i) =>
        top.offer({ index: live.length * vocabSize + i, key: sample.perturbed, sum: 0, logProbability: 0 }),
      );
      live.forEach(({ beam, perturbed: ofParent }, row) => {
        const firstIndex = row * vocabSize;
        const rowLogits = logits.subarray(firstIndex, firstIndex + vocabSize);
        const own = normalizer(rowLogits);
        const { scores } = scoreRow({ beam, length, logits: rowLogits, firstIndex }, own, []);
        if (!isPossible(scores)) return;
        const tempered = temperature === 1 ? scores : scores.map((score) => score / temperature);
        const { max, logSum } = normalizer(tempered);
        conditionedGumbels(perturbed, {
          logProbabilityOf: (token) => beam.sum + (tempered[token]! - max - logSum),
          maximum: ofParent,
          generator,
        });
        for (let token = 0; token < vocabSize; token++) {
          const key = perturbed[token]!;
          if (key > top.bar()) {
            const sum = beam.sum + (tempered[token]! - max - logSum);
            const logProbability = rowLogits[token]! - own.max - own.logSum;
            top.offer({ index: firstIndex + token, key, sum, logProbability });
          }
        }
      });
      length++;
      const parents = live;
      samples = top.take().map(({ index, key, sum, logProbability }) => {
        const row = Math.floor(index / vocabSize);
        if (row >= parents.length) return ended[index - parents.length * vocabSize]!;
        const token = index % vocabSize;
        const beam: Beam = { ...root, token, parent: parents[row]!.beam, row, sum, logProbability };
        return { beam, length, perturbed: key, isFinished: endTokens.has(token) };
      });
      if (samples.length === 0) throw impossibleTokens(caller, length);
      live = length === maxLength ? [] : samples.filter((sample) => sample.length === length && !sample.isFinished);
      if (live.length === 0) return undefined;
      return { rows: live.map(({ beam }) => beam.row), tokens: live.map(({ beam }) => beam.token) };
    },
    result: () =>
      samples.map(({ beam, length: ofSample, perturbed: score, isFinished }) =>
        beamHypothesis(beam, { length: ofSample, score, isFinished }),
      ),
  };
}
