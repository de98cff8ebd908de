import { splitCorpus } from "@rnnkit/samplers";
import { tokenizerNamed, vocabulary, type Tokenizer, type Vocabulary } from "@rnnkit/text";

export interface CorpusSettings {
  readonly tokenizer: string;
  readonly minFrequency: number;
  readonly validationFraction: number;
}

export interface Corpus {
  readonly tokenizer: Tokenizer;
  /** Of the part to train on alone, so that the validation is one of text never seen. */
  readonly vocabulary: Vocabulary;
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** Turns a text into ids to train on and ids to validate on. */
export function prepareCorpus(text: string, settings: CorpusSettings): Corpus {
  const tokenizer = tokenizerNamed(settings.tokenizer);
  const tokens = tokenizer.encode(text);
  const { train, validation } = splitCorpus(new Int32Array(tokens.length), settings);
  const trainTokens = tokens.slice(0, train.length);
  const vocab = vocabulary(trainTokens, settings);
  train.set(vocab.encode(trainTokens));
  validation.set(vocab.encode(tokens.slice(train.length)));
  return { tokenizer, vocabulary: vocab, train, validation };
}
