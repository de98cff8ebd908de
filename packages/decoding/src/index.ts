export { type Stepper, type StepResult } from "./stepper.ts";
export { tableStepper, type TableState, type TransitionTable } from "./table-stepper.ts";
export { type Hypothesis } from "./hypothesis.ts";
export { type BatchOptions, type DecodingOptions, type GenerationOptions } from "./decoding-options.ts";
export { type AllowedTokens } from "./constraints/allowed-tokens.ts";
export { allowedSequences } from "./constraints/allowed-sequences.ts";
export { type RequiredPhrase } from "./constraints/required-phrase.ts";
export { greedy, greedyBatch } from "./greedy.ts";
export { multinomial, multinomialBatch, type MultinomialBatchOptions, type MultinomialOptions } from "./multinomial.ts";
export { beamSearch, beamSearchBatch } from "./beam-search/beam-search.ts";
export {
  type BeamOptions,
  type BeamSearchBatchOptions,
  type BeamSearchOptions,
} from "./beam-search/beam-search-options.ts";
export { type RankedHypotheses } from "./beam-search/beam-searcher.ts";
export {
  beamSampling,
  beamSamplingBatch,
  type BeamSamplingBatchOptions,
  type BeamSamplingOptions,
} from "./beam-search/beam-sampling.ts";
export {
  diverseBeamSearch,
  diverseBeamSearchBatch,
  type DiverseBeamSearchBatchOptions,
  type DiverseBeamSearchOptions,
  type DiversityOptions,
} from "./beam-search/diverse-beam-search.ts";
export { stochasticBeamSearch, type StochasticBeamSearchOptions } from "./beam-search/stochastic-beam-search.ts";
export { exhaustiveSearch, type ExhaustiveSearchOptions } from "./beam-search/exhaustive-search.ts";
export { beamTree, type BeamTree, type BeamTreeNode, type BeamTreeOptions } from "./beam-search/beam-tree.ts";
export { analyzeBeamErrors, type BeamErrorCase, type BeamErrorOptions } from "./analysis/beam-errors.ts";
export { beamErrorTable, type BeamErrorTable } from "./analysis/beam-error-table.ts";
export { sweepBeamWidths, type BeamWidthResult, type BeamWidthSweepOptions } from "./analysis/beam-width-sweep.ts";
export { drawIndices, type DrawIndicesOptions } from "./sampling/draw-indices.ts";
export { gnmtLengthPenalty, type LengthPenalty, powerLengthPenalty } from "./beam-search/length-penalty.ts";
export { streamTokens, type StreamTokensOptions } from "./streaming/stream-tokens.ts";
export { type StreamedToken } from "./streaming/streamed-token.ts";
export { type StopCondition, type StopReason } from "./streaming/stop-condition.ts";
export { stopAtStrings } from "./streaming/stop-at-strings.ts";
export { timeBudget } from "./streaming/time-budget.ts";
export { streamText } from "./streaming/stream-text.ts";
export { textStreamer, type TextStreamer, type TextStreamerOptions } from "./streaming/text-streamer.ts";
export { greedyChoice, multinomialChoice, type MultinomialChoiceOptions, type TokenChoice } from "./token-choice.ts";
export { type PromptedSequence, scoreSequence, scoreSequences, type SequenceScore } from "./score-sequence.ts";
export { logSoftmax } from "./log-softmax.ts";
export { type LogProbability } from "./log-probability.ts";
export { type LogitsProcessor, type ProcessorContext } from "./processors/logits-processor.ts";
export { standardProcessors } from "./processors/standard-processors.ts";
export { type StandardProcessorOptions } from "./processors/standard-processor-options.ts";
export { temperatureWarper } from "./processors/warpers/temperature-warper.ts";
export { topHWarper } from "./processors/warpers/top-h-warper.ts";
export { topKWarper } from "./processors/warpers/top-k-warper.ts";
export { topPWarper } from "./processors/warpers/top-p-warper.ts";
export { minPWarper } from "./processors/warpers/min-p-warper.ts";
export { typicalWarper } from "./processors/warpers/typical-warper.ts";
export { epsilonWarper } from "./processors/warpers/epsilon-warper.ts";
export { etaWarper } from "./processors/warpers/eta-warper.ts";
export { type WarperOptions } from "./processors/warpers/warper-options.ts";
export { repetitionPenalty, type RepetitionPenaltyOptions } from "./processors/penalties/repetition-penalty.ts";
export { encoderRepetitionPenalty } from "./processors/penalties/encoder-repetition-penalty.ts";
export { presencePenalty } from "./processors/penalties/presence-penalty.ts";
export { frequencyPenalty } from "./processors/penalties/frequency-penalty.ts";
export { sequenceBias, type SequenceBias } from "./processors/penalties/sequence-bias.ts";
export { hammingDiversity } from "./processors/penalties/hamming-diversity.ts";
export {
  exponentialLengthDecay,
  type ExponentialLengthDecayOptions,
} from "./processors/penalties/exponential-length-decay.ts";
export { ngramBlocking } from "./processors/restrictions/ngram-blocking.ts";
export { encoderNgramBlocking } from "./processors/restrictions/encoder-ngram-blocking.ts";
export { badWords } from "./processors/restrictions/bad-words.ts";
export { minTotalLength } from "./processors/restrictions/min-total-length.ts";
export { minNewTokens } from "./processors/restrictions/min-new-tokens.ts";
export { forcedBegin } from "./processors/restrictions/forced-begin.ts";
export { forcedEnd } from "./processors/restrictions/forced-end.ts";
export { suppressedTokens } from "./processors/restrictions/suppressed-tokens.ts";
export { suppressedAtBegin } from "./processors/restrictions/suppressed-at-begin.ts";
export { prefixAllowedTokens, type PrefixAllowedTokens } from "./processors/restrictions/prefix-allowed-tokens.ts";
export { finiteScores } from "./processors/finite-scores.ts";
export { logNormalization } from "./processors/log-normalization.ts";
