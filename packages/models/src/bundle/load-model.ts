import { xoshiro128 } from "@rnnkit/random";
import { type TokenizerFromJSONOptions, vocabularyFromJSON } from "@rnnkit/text";
import { CONFIG_FILE, vocabularyName, WEIGHTS_FILE, type Bundle } from "./bundle.ts";
import { checkVocabularies } from "./check-vocabularies.ts";
import { decodeJSON } from "./decode-json.ts";
import { inFile } from "./in-file.ts";
import { MODEL_TYPES, type ModelTypeName } from "./model-types.ts";
import type { Model, ModelType } from "./model-type.ts";
import { readConfig } from "./read-config.ts";
import { assignWeights, readWeights } from "./read-weights.ts";
import type { SavedModel, SavedVocabulary } from "./save-model.ts";

/**
 * Rebuilds what `saveModel` saved: the same parameters to the bit. All shapes are checked before a model is made, for a
 * damaged config could ask for one that fills the memory.
 *
 * @param type the type of model that the caller can use; `bundleModelType` tells that of a bundle.
 * @param bundle the contents of the files; borrowed.
 * @param options what the tokenizers need that are not of `@rnnkit/text`.
 * @returns the model, which the caller owns and disposes, with its vocabularies.
 * @throws RangeError or TypeError when the model is of another type, when a file is missing, damaged or of another
 *   version, or when the files do not belong together; the message names the file.
 */
export function loadModel<Name extends ModelTypeName>(
  type: Name,
  bundle: Bundle,
  options: TokenizerFromJSONOptions = {},
): SavedModel<Name> {
  for (const name of [CONFIG_FILE, WEIGHTS_FILE]) {
    if (!(bundle[name] instanceof Uint8Array)) throw new TypeError(`loadModel: ${name} must be there, got none`);
  }
  const { check, shapes, vocabularies: neededBy, make } = MODEL_TYPES[type] as unknown as AnyType;
  const config = inFile(CONFIG_FILE, () => {
    const { type: found, ...rest } = readConfig(bundle);
    if (found !== type) throw new RangeError(`model.type must be ${type}, got ${found}`);
    return check("model", rest);
  });
  const vocabularies = readVocabularies(bundle, options);
  const sizes = new Map(Object.entries(vocabularies).map(([name, { vocabulary }]) => [name, vocabulary.size]));
  checkVocabularies("loadModel", sizes, neededBy(config));
  const weights = inFile(WEIGHTS_FILE, () => readWeights(bundle[WEIGHTS_FILE]!, shapes(config)));
  const model = make(config, { generator: xoshiro128(0) }); // all of its values are replaced
  assignWeights(model.parameters, weights);
  return { model, vocabularies } as unknown as SavedModel<Name>;
}

type AnyType = ModelType<object, Model, Record<string, number>>;

function readVocabularies(bundle: Bundle, options: TokenizerFromJSONOptions): Record<string, SavedVocabulary> {
  const named = Object.entries(bundle).flatMap(([file, bytes]) => {
    const name = vocabularyName(file);
    if (name === undefined || bytes === undefined) return [];
    return [[name, inFile(file, () => vocabularyFromJSON(decodeJSON(bytes), options))] as const];
  });
  return Object.fromEntries(named);
}
