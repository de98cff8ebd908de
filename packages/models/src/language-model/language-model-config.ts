import { checkConfig, FLAG, optional, RATE, SIZE } from "../config/check-config.ts";
import {
  checkRecurrentConfig,
  RECURRENT_FIELDS,
  recurrentOutputSize,
  type RecurrentConfig,
} from "../config/recurrent-config.ts";

/** All that decides the form of a language model: plain JSON, the `model` of a bundle's `config.json`. */
export interface LanguageModelConfig extends RecurrentConfig {
  /** V, the number of tokens. */
  readonly vocabSize: number;
  /** E, the width of the token embedding; without it, tokens enter as one-hot rows, as in d2l. */
  readonly embeddingSize?: number;
  /** Whether the embedding is the weight of the output too; E must be the width of what the layers give. Default false. */
  readonly isTied?: boolean;
  /** The share of the tokens whose embedding is 0 wherever they stand in a batch of training. Default 0. */
  readonly embeddingDropout?: number;
  /** Variational dropout of what the top layer gives to the output. Default 0. */
  readonly outputDropout?: number;
  /** The share of the uniform distribution in what is learnt, not in the loss that is reported. Default 0. */
  readonly labelSmoothing?: number;
}

const FIELDS = {
  vocabSize: SIZE,
  ...RECURRENT_FIELDS,
  embeddingSize: optional(SIZE),
  isTied: FLAG,
  embeddingDropout: RATE,
  outputDropout: RATE,
  labelSmoothing: RATE,
};

/**
 * Throws a RangeError that names `caller` unless `config`, which may come from a file, is one.
 *
 * @returns the config with its defaults.
 */
export function checkLanguageModelConfig<Config extends LanguageModelConfig>(
  caller: string,
  config: Config,
): Config & { readonly numLayers: number } {
  const complete = checkConfig(caller, config, FIELDS) as Config & { readonly numLayers: number };
  checkRecurrentConfig(caller, complete);
  const { embeddingSize, isTied, embeddingDropout = 0 } = complete;
  const outputSize = recurrentOutputSize(complete);
  if (isTied && embeddingSize !== outputSize) {
    throw new RangeError(
      `${caller}: embeddingSize must be the output's ${outputSize} where isTied is true, got ${embeddingSize}`,
    );
  }
  if (embeddingSize === undefined && embeddingDropout > 0) {
    throw new RangeError(`${caller}: embeddingDropout must be 0 without embeddingSize, got ${embeddingDropout}`);
  }
  return complete;
}
