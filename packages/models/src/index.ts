export { LanguageModel, type LanguageModelState } from "./language-model.ts";
export { type LanguageModelConfig } from "./language-model-config.ts";
export { languageModelStepper } from "./language-model-stepper.ts";
export { saveLanguageModel, type SavedLanguageModel } from "./save-language-model.ts";
export { loadLanguageModel } from "./load-language-model.ts";
export { type Bundle, BUNDLE_FILES } from "./bundle.ts";
