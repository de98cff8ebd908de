export { lettersOnlyLines } from "./letters-only-lines.ts";
export { type Tokenizer } from "./tokenizer.ts";
export { characters } from "./characters.ts";
export { words } from "./words.ts";
export { tokenizerNamed } from "./tokenizer-named.ts";
export { tokenFrequencies } from "./token-frequencies.ts";
export { type Vocabulary, type VocabularyOptions, vocabulary } from "./vocabulary.ts";
export { type VocabularyJSON, vocabularyFromJSON, vocabularyToJSON } from "./vocabulary-json.ts";
