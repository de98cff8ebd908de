export interface LoadedLanguageModel {}
export function loadLanguageModel() {}
