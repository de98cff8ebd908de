export { lettersOnlyLines } from "./cleaning/letters-only-lines.ts";
export { type Tokenizer, type TokenSpan } from "./tokenizers/tokenizer.ts";
export { type TokenizerJSON, tokenizerFromJSON } from "./tokenizers/tokenizer-json.ts";
export { characters } from "./tokenizers/characters.ts";
export { words } from "./tokenizers/words.ts";
export { tokenizerNamed } from "./tokenizers/tokenizer-named.ts";
export { tokenFrequencies } from "./token-frequencies.ts";
export { type Vocabulary, type VocabularyOptions, vocabulary } from "./vocabulary.ts";
export { type VocabularyJSON, vocabularyFromJSON, vocabularyToJSON } from "./vocabulary-json.ts";
