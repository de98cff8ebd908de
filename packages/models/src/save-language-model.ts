export interface SavedLanguageModel {}
export function saveLanguageModel() {}
