import { encodeSafetensors, type SafetensorsTensor } from "@rnnkit/interop";
import { vocabularyToJSON, type Tokenizer, type Vocabulary } from "@rnnkit/text";
import { BUNDLE_FORMAT, BUNDLE_VERSION, CONFIG_FILE, vocabularyFile, WEIGHTS_FILE, type Bundle } from "./bundle.ts";
import { checkVocabularies } from "./check-vocabularies.ts";
import { MODEL_TYPES, type ModelOf, type ModelTypeName, type VocabularyNames } from "./model-types.ts";
import type { Model } from "./model-type.ts";

/** A vocabulary and the tokenizer that makes its tokens. */
export interface SavedVocabulary {
  readonly vocabulary: Vocabulary;
  readonly tokenizer: Tokenizer;
}

/** A model with all that it takes to use it. */
export interface SavedModel<Name extends ModelTypeName = ModelTypeName> {
  readonly model: ModelOf<Name>;
  /** Those that the model cannot do without, and any others, by names of letters and digits. */
  readonly vocabularies: Readonly<Record<VocabularyNames<Name> | (string & {}), SavedVocabulary>>;
}

/**
 * A model with all that it takes to use it, as the files of a bundle: `config.json`, `model.safetensors` (float32, under
 * the names of `model.parameters`, which PyTorch can load), and its vocabularies: `vocabulary.json` for that called
 * `tokens`, `<name>-vocabulary.json` for another. Writing them is the caller's.
 *
 * @param saved borrowed.
 * @throws RangeError when a vocabulary that the model needs is missing or holds another number of tokens than the model.
 */
export async function saveModel<Name extends ModelTypeName>(saved: SavedModel<Name>): Promise<Bundle> {
  const model: Model = saved.model;
  const vocabularies = Object.entries(saved.vocabularies as Record<string, SavedVocabulary>);
  const sizes = new Map(vocabularies.map(([name, { vocabulary }]) => [name, vocabulary.size]));
  const needed = MODEL_TYPES[model.type as Name].vocabularies(model.config as never);
  checkVocabularies("saveModel", sizes, needed);
  const tensors = await Promise.all(
    Object.entries(model.parameters).map(async ([name, variable]): Promise<[string, SafetensorsTensor]> => {
      const data = (await variable.data()) as Float32Array;
      return [name, { dtype: "F32", shape: variable.shape, data }];
    }),
  );
  const { type, config } = model;
  return {
    [CONFIG_FILE]: encodeJSON({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, model: { type, ...config } }),
    [WEIGHTS_FILE]: encodeSafetensors(new Map(tensors), { metadata: { format: "pt" } }),
    ...Object.fromEntries(
      vocabularies.map(([name, { vocabulary, tokenizer }]) => [
        vocabularyFile(name),
        encodeJSON(vocabularyToJSON(vocabulary, tokenizer)),
      ]),
    ),
  };
}

function encodeJSON(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
