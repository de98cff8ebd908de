/** The files of a model bundle by name: `config.json`, `model.safetensors`, and the vocabularies that the model has. */
export type Bundle = Readonly<Record<string, Uint8Array>>;

/** The form of the model. */
export const CONFIG_FILE = "config.json";
/** Its parameters. */
export const WEIGHTS_FILE = "model.safetensors";

/** What `config.json` says of itself. */
export const BUNDLE_FORMAT = "rnnkit-model";
export const BUNDLE_VERSION = 1;

const VOCABULARY_FILE = /^(?:([A-Za-z0-9]+)-)?vocabulary\.json$/;

/** `vocabulary.json` for that of the tokens, `source-vocabulary.json` for one called `source`. */
export function vocabularyFile(name: string): string {
  const file = name === "tokens" ? "vocabulary.json" : `${name}-vocabulary.json`;
  if (!VOCABULARY_FILE.test(file)) {
    throw new RangeError(`saveModel: vocabularies must have names of letters and digits, got ${JSON.stringify(name)}`);
  }
  return file;
}

/** The name of the vocabulary in a file; `undefined` of a file that holds none. */
export function vocabularyName(file: string): string | undefined {
  const match = VOCABULARY_FILE.exec(file);
  return match ? (match[1] ?? "tokens") : undefined;
}

/**
 * Whether a file of this name may belong to a bundle.
 *
 * @param name without a folder.
 */
export function isBundleFile(name: string): boolean {
  return name === CONFIG_FILE || name === WEIGHTS_FILE || vocabularyName(name) !== undefined;
}
