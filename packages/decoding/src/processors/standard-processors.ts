import { badWords } from "./restrictions/bad-words.ts";
import { encoderNgramBlocking } from "./restrictions/encoder-ngram-blocking.ts";
import { encoderRepetitionPenalty } from "./penalties/encoder-repetition-penalty.ts";
import { epsilonWarper } from "./warpers/epsilon-warper.ts";
import { etaWarper } from "./warpers/eta-warper.ts";
import { exponentialLengthDecay } from "./penalties/exponential-length-decay.ts";
import { finiteScores } from "./finite-scores.ts";
import { forcedBegin } from "./restrictions/forced-begin.ts";
import { forcedEnd } from "./restrictions/forced-end.ts";
import { frequencyPenalty } from "./penalties/frequency-penalty.ts";
import type { StandardProcessorOptions } from "./standard-processor-options.ts";
import { hammingDiversity } from "./penalties/hamming-diversity.ts";
import { logNormalization } from "./log-normalization.ts";
import type { LogitsProcessor } from "./logits-processor.ts";
import { minNewTokens } from "./restrictions/min-new-tokens.ts";
import { minPWarper } from "./warpers/min-p-warper.ts";
import { minTotalLength } from "./restrictions/min-total-length.ts";
import { ngramBlocking } from "./restrictions/ngram-blocking.ts";
import { prefixAllowedTokens } from "./restrictions/prefix-allowed-tokens.ts";
import { presencePenalty } from "./penalties/presence-penalty.ts";
import { repetitionPenalty } from "./penalties/repetition-penalty.ts";
import { sequenceBias } from "./penalties/sequence-bias.ts";
import { suppressedAtBegin } from "./restrictions/suppressed-at-begin.ts";
import { suppressedTokens } from "./restrictions/suppressed-tokens.ts";
import { temperatureWarper } from "./warpers/temperature-warper.ts";
import { topHWarper } from "./warpers/top-h-warper.ts";
import { topKWarper } from "./warpers/top-k-warper.ts";
import { topPWarper } from "./warpers/top-p-warper.ts";
import { typicalWarper } from "./warpers/typical-warper.ts";

/**
 * The processors and warpers that one object of options asks for, in the order in which Hugging Face's `generate` applies
 * them: what changes or forbids tokens first, processors of your own after it, then from `temperature` on the warpers,
 * which are for sampling.
 *
 * @returns what searches take as `processors`. It may serve many searches: no processor remembers what it has seen.
 * @throws RangeError for a nonsense option, in the words of its processor.
 */
export function standardProcessors(options: StandardProcessorOptions): LogitsProcessor[] {
  const { source, minTokensToKeep = 1 } = options;
  const keep = { minTokensToKeep };
  const given = <T>(value: T | undefined, make: (value: T) => LogitsProcessor): LogitsProcessor[] =>
    value === undefined ? [] : [make(value)];
  const whenTrue = (value: boolean | undefined, make: () => LogitsProcessor) => (value === true ? [make()] : []);
  const ofSource = (name: string, make: typeof encoderNgramBlocking) => (value: number) => {
    if (source === undefined) throw new RangeError(`standardProcessors: source must be given for ${name}, got none`);
    return make(value, { source });
  };
  return [
    ...given(options.sequenceBias, sequenceBias),
    ...given(options.hammingDiversity, hammingDiversity),
    ...given(options.encoderRepetitionPenalty, ofSource("encoderRepetitionPenalty", encoderRepetitionPenalty)),
    ...given(options.repetitionPenalty, repetitionPenalty),
    ...given(options.presencePenalty, presencePenalty),
    ...given(options.frequencyPenalty, frequencyPenalty),
    ...given(options.ngramBlocking, ngramBlocking),
    ...given(options.encoderNgramBlocking, ofSource("encoderNgramBlocking", encoderNgramBlocking)),
    ...given(options.badWords, badWords),
    ...given(options.minTotalLength, minTotalLength),
    ...given(options.minNewTokens, minNewTokens),
    ...given(options.prefixAllowedTokens, prefixAllowedTokens),
    ...given(options.forcedBegin, forcedBegin),
    ...whenTrue(options.forcedEnd, forcedEnd),
    ...whenTrue(options.finiteScores, finiteScores),
    ...given(options.exponentialLengthDecay, exponentialLengthDecay),
    ...given(options.suppressedTokens, suppressedTokens),
    ...given(options.suppressedAtBegin, (tokens) =>
      suppressedAtBegin(tokens, { position: options.forcedBegin === undefined ? 0 : 1 }),
    ),
    ...(options.custom ?? []),
    ...given(options.temperature, temperatureWarper),
    ...given(options.topH, topHWarper),
    ...given(options.topK, (k) => topKWarper(k, keep)),
    ...given(options.topP, (p) => topPWarper(p, keep)),
    ...given(options.minP, (p) => minPWarper(p, keep)),
    ...given(options.typical, (mass) => typicalWarper(mass, keep)),
    ...given(options.epsilon, (epsilon) => epsilonWarper(epsilon, keep)),
    ...given(options.eta, (epsilon) => etaWarper(epsilon, keep)),
    ...whenTrue(options.logNormalization, logNormalization),
  ];
}
