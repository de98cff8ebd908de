export { LanguageModel, type LanguageModelBatch, type LanguageModelState } from "./language-model/language-model.ts";
export { type LanguageModelConfig } from "./language-model/language-model-config.ts";
export { languageModelStepper } from "./language-model/language-model-stepper.ts";
export { TextClassifier, type TextClassifierBatch } from "./classification/text-classifier.ts";
export { type TextClassifierConfig } from "./classification/text-classifier-config.ts";
export { Tagger, type FeatureIds, type TaggerBatch } from "./tagging/tagger.ts";
export { type TaggerConfig, type TokenFeature } from "./tagging/tagger-config.ts";
export { SequenceGenerator, type SequenceGeneratorBatch } from "./generation/sequence-generator.ts";
export { type SequenceGeneratorConfig } from "./generation/sequence-generator-config.ts";
export { sequenceGeneratorStepper } from "./generation/sequence-generator-stepper.ts";
export { prefixStepper, type Prefixes } from "./generation/prefix-stepper.ts";
export { MarkovRegression } from "./regression/markov-regression.ts";
export { type MarkovRegressionConfig } from "./regression/markov-regression-config.ts";
export { LatentRegression } from "./regression/latent-regression.ts";
export { type LatentRegressionConfig } from "./regression/latent-regression-config.ts";
export { forecastSeries, type SeriesForecast } from "./regression/forecast-series.ts";
export { type RegressionBatch, type SeriesModel } from "./regression/series-model.ts";
export { type RecurrentConfig } from "./config/recurrent-config.ts";
export { type LayerStates } from "./modules/recurrent-network.ts";
export { type TrainingStep } from "./training-step.ts";
export { crossEntropyLoss, type CrossEntropyLossOptions, type MeanLoss } from "./losses/cross-entropy-loss.ts";
export { IGNORED_TARGET, type SequenceTargets } from "./losses/sequence-targets.ts";
export { meanSquaredError } from "./losses/mean-squared-error.ts";
export { binaryCrossEntropy } from "./losses/binary-cross-entropy.ts";
export { type ComparedValues } from "./losses/masked-mean.ts";
export { saveModel, type SavedModel, type SavedVocabulary } from "./bundle/save-model.ts";
export { loadModel } from "./bundle/load-model.ts";
export { bundleModelType } from "./bundle/bundle-model-type.ts";
export { type ModelOf, type ModelTypeName, type VocabularyNames } from "./bundle/model-types.ts";
export { type Model } from "./bundle/model-type.ts";
export { type Bundle, isBundleFile } from "./bundle/bundle.ts";
export {
  EncoderDecoder,
  type EncoderDecoderBatch,
  type EncoderDecoderOptions,
  type Encoding,
  type SourceBatch,
} from "./encoder-decoder/encoder-decoder.ts";
export { type EncoderDecoderConfig } from "./encoder-decoder/encoder-decoder-config.ts";
export { type AttentionConfig } from "./attention/attention-config.ts";
export {
  encoderDecoderLoss,
  type EncoderDecoderLoss,
  type EncoderDecoderLossOptions,
} from "./encoder-decoder/encoder-decoder-loss.ts";
export { type ScheduledSampling } from "./encoder-decoder/scheduled-sampling.ts";
export { encoderDecoderStepper, type EncoderDecoderState } from "./encoder-decoder/encoder-decoder-stepper.ts";
export {
  type Decoded,
  type DecoderMemory,
  type DecoderNoise,
  type DecoderReading,
  type DecoderState,
} from "./encoder-decoder/decoder.ts";
