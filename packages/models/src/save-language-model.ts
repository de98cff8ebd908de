import { encodeSafetensors, type SafetensorsTensor } from "@rnnkit/interop";
import { vocabularyToJSON, type Tokenizer, type Vocabulary } from "@rnnkit/text";
import { BUNDLE_FORMAT, BUNDLE_VERSION, type Bundle } from "./bundle.ts";
import type { LanguageModel } from "./language-model.ts";

export interface SavedLanguageModel {
  readonly model: LanguageModel;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: Tokenizer;
}

/**
 * A model with all that it takes to use it, as the files of a bundle: `config.json`, `model.safetensors` (float32, under
 * the names of `model.parameters`, which PyTorch can load) and `vocabulary.json`. Writing them is the caller's.
 *
 * @param saved borrowed.
 * @throws RangeError when the model and the vocabulary have different numbers of tokens.
 */
export async function saveLanguageModel({ model, vocabulary, tokenizer }: SavedLanguageModel): Promise<Bundle> {
  const { config } = model;
  if (config.vocabSize !== vocabulary.size) {
    throw new RangeError(
      `saveLanguageModel: vocabulary must have the model's ${config.vocabSize} tokens, got ${vocabulary.size}`,
    );
  }
  const tensors = await Promise.all(
    Object.entries(model.parameters).map(async ([name, variable]): Promise<[string, SafetensorsTensor]> => {
      const data = (await variable.data()) as Float32Array;
      return [name, { dtype: "F32", shape: variable.shape, data }];
    }),
  );
  return {
    "config.json": encodeJSON({ format: BUNDLE_FORMAT, version: BUNDLE_VERSION, model: config }),
    "model.safetensors": encodeSafetensors(new Map(tensors), { metadata: { format: "pt" } }),
    "vocabulary.json": encodeJSON(vocabularyToJSON(vocabulary, tokenizer)),
  };
}

function encodeJSON(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
