import { encoderDecoderType } from "../encoder-decoder/encoder-decoder-type.ts";
import { textClassifierType } from "../classification/text-classifier-type.ts";
import { sequenceGeneratorType } from "../generation/sequence-generator-type.ts";
import { languageModelType } from "../language-model/language-model-type.ts";
import { latentRegressionType } from "../regression/latent-regression-type.ts";
import { markovRegressionType } from "../regression/markov-regression-type.ts";
import { taggerType } from "../tagging/tagger-type.ts";

/** The types of models that a bundle may hold, by the `type` of the model in its `config.json`. */
export const MODEL_TYPES = {
  "language-model": languageModelType,
  "encoder-decoder": encoderDecoderType,
  "sequence-generator": sequenceGeneratorType,
  "text-classifier": textClassifierType,
  tagger: taggerType,
  "markov-regression": markovRegressionType,
  "latent-regression": latentRegressionType,
} as const;

export type ModelTypeName = keyof typeof MODEL_TYPES;

/** The class of the models of a type. */
export type ModelOf<Name extends ModelTypeName> = ReturnType<(typeof MODEL_TYPES)[Name]["make"]>;

/** The names of the vocabularies of a type. */
export type VocabularyNames<Name extends ModelTypeName> = keyof ReturnType<(typeof MODEL_TYPES)[Name]["vocabularies"]>;
