export { LanguageModel, type LanguageModelState } from "./language-model/language-model.ts";
export { type LanguageModelConfig } from "./language-model/language-model-config.ts";
export { languageModelStepper } from "./language-model/language-model-stepper.ts";
export { saveModel, type SavedModel, type SavedVocabulary } from "./bundle/save-model.ts";
export { loadModel } from "./bundle/load-model.ts";
export { bundleModelType } from "./bundle/bundle-model-type.ts";
export { type ModelOf, type ModelTypeName, type VocabularyNames } from "./bundle/model-types.ts";
export { type Model } from "./bundle/model-type.ts";
export { type Bundle, isBundleFile } from "./bundle/bundle.ts";
