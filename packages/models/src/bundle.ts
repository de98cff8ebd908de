/** The files of a model bundle by name. */
export type Bundle = Readonly<Record<(typeof BUNDLE_FILES)[number], Uint8Array>>;

/** The names of the files that make a bundle. */
export const BUNDLE_FILES = ["config.json", "model.safetensors", "vocabulary.json"] as const;

/** What `config.json` says of itself. */
export const BUNDLE_FORMAT = "rnnkit-language-model";
export const BUNDLE_VERSION = 1;
