import { checkConfig, FLAG, type Field, optional, RATE, SIZE, withDefault } from "../config/check-config.ts";
import { checkRecurrentConfig, RECURRENT_FIELDS, type RecurrentConfig } from "../config/recurrent-config.ts";

/** A second view of each token, such as its suffix: an id of a vocabulary of its own, which has an embedding. */
export interface TokenFeature {
  readonly vocabSize: number;
  readonly embeddingSize: number;
}

/** All that decides the form of a tagger, as plain JSON. */
export interface TaggerConfig extends RecurrentConfig {
  /** V, the number of tokens. */
  readonly vocabSize: number;
  /** K, the number of tags. */
  readonly numTags: number;
  /** E, the width of the token embedding; without it, tokens enter as one-hot rows. */
  readonly embeddingSize?: number;
  /** Other views of each token by name, of letters and digits; their embeddings stand beside that of the token. */
  readonly features?: Readonly<Record<string, TokenFeature>>;
  /** Whether the sequence is read in both directions. Default true. */
  readonly isBidirectional?: boolean;
  /** The share of the tokens whose embedding is 0 wherever they stand in a batch of training. Default 0. */
  readonly embeddingDropout?: number;
  /** Variational dropout of what the top layer gives to the output. Default 0. */
  readonly outputDropout?: number;
  /** The share of the uniform distribution in what is learnt, not in the loss that is reported. Default 0. */
  readonly labelSmoothing?: number;
}

/** With its defaults filled in. */
export type CompleteTaggerConfig = TaggerConfig &
  Required<Pick<TaggerConfig, "isBidirectional" | "features" | "numLayers">>;

const FIELDS: Readonly<Record<keyof TaggerConfig, Field>> = {
  vocabSize: SIZE,
  numTags: SIZE,
  ...RECURRENT_FIELDS,
  embeddingSize: optional(SIZE),
  features: withDefault(
    {
      isValid: (value) => typeof value === "object" && value !== null && Object.keys(value).every(isFeatureName),
      rule: "must be an object of features with names of letters and digits, none called tokens or tags",
    },
    {},
  ),
  isBidirectional: withDefault(FLAG, true),
  embeddingDropout: RATE,
  outputDropout: RATE,
  labelSmoothing: RATE,
};

/** Throws a RangeError that names `caller` unless `config` is one. */
export function checkTaggerConfig(caller: string, config: TaggerConfig): CompleteTaggerConfig {
  const complete = checkConfig(caller, config, FIELDS) as CompleteTaggerConfig;
  checkRecurrentConfig(caller, complete);
  for (const [name, feature] of Object.entries(complete.features)) {
    checkConfig(`${caller}: features.${name}`, feature, { vocabSize: SIZE, embeddingSize: SIZE });
  }
  const { embeddingSize, embeddingDropout = 0 } = complete;
  if (embeddingSize === undefined && embeddingDropout > 0) {
    throw new RangeError(`${caller}: embeddingDropout must be 0 without embeddingSize, got ${embeddingDropout}`);
  }
  return complete;
}

/** The width of what enters the layers at each step. */
export function taggerInputSize({ vocabSize, embeddingSize = vocabSize, features = {} }: TaggerConfig): number {
  return Object.values(features).reduce((sum, feature) => sum + feature.embeddingSize, embeddingSize);
}

/** The names under which the bundle keeps their vocabularies, so none may be that of another one. */
function isFeatureName(name: string): boolean {
  return /^[A-Za-z0-9]+$/.test(name) && name !== "tokens" && name !== "tags";
}
