import { NUM_GATES, type RecurrentKind } from "@rnnkit/ops";

/** All that decides the form of a language model: plain JSON, the `model` of a bundle's `config.json`. */
export interface LanguageModelConfig {
  /** V, the number of tokens. */
  readonly vocabSize: number;
  /** The recurrent network. */
  readonly kind: RecurrentKind;
  /** H, the width of its state. */
  readonly hiddenSize: number;
  /** L, its layers. Default 1. */
  readonly numLayers?: number;
  /** E, the width of the token embedding; without it, tokens enter as one-hot rows, as in d2l. */
  readonly embeddingSize?: number;
}

/** With its defaults filled in. */
export type CompleteConfig = LanguageModelConfig & { readonly numLayers: number };

const SIZES = ["vocabSize", "hiddenSize", "numLayers", "embeddingSize"] as const;

/**
 * Throws a RangeError that names `caller` unless `config`, which may come from a file, is one.
 *
 * @returns the config with its defaults, and nothing else in it.
 */
export function checkLanguageModelConfig(caller: string, config: LanguageModelConfig): CompleteConfig {
  const complete = { ...config, numLayers: config.numLayers ?? 1 };
  if (!Object.hasOwn(NUM_GATES, complete.kind)) {
    const kinds = Object.keys(NUM_GATES).join(", ");
    throw new RangeError(`${caller}: kind must be one of ${kinds}, got ${complete.kind}`);
  }
  for (const name of SIZES) {
    const size = complete[name];
    if (name === "embeddingSize" && size === undefined) continue;
    if (!Number.isSafeInteger(size) || size! < 1) {
      throw new RangeError(`${caller}: ${name} must be a positive integer, got ${size}`);
    }
  }
  const { vocabSize, kind, hiddenSize, numLayers, embeddingSize } = complete;
  return { vocabSize, kind, hiddenSize, numLayers, ...(embeddingSize !== undefined && { embeddingSize }) };
}
