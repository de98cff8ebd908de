export { LanguageModel, type LanguageModelState } from "./language-model/language-model.ts";
export { type LanguageModelConfig } from "./language-model/language-model-config.ts";
export { languageModelStepper } from "./language-model/language-model-stepper.ts";
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
