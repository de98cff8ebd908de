import { checkConfig, FLAG, oneOf, optional, RATE, SIZE, withDefault } from "../config/check-config.ts";
import { checkRecurrentConfig, RECURRENT_FIELDS, type RecurrentConfig } from "../config/recurrent-config.ts";

/** All that decides the form of a text classifier, as plain JSON. */
export interface TextClassifierConfig extends RecurrentConfig {
  /** V, the number of tokens. */
  readonly vocabSize: number;
  /** K, the number of classes. */
  readonly numClasses: number;
  /** E, the width of the token embedding; without it, tokens enter as one-hot rows. */
  readonly embeddingSize?: number;
  /** Whether the sequence is read in both directions. Default false. */
  readonly isBidirectional?: boolean;
  /**
   * How the outputs of a row's steps become one vector: the `last` of each direction, their `mean`, their `max`, or their
   * mean weighted by `attention`. Default `last`.
   */
  readonly pooling?: "last" | "mean" | "max" | "attention";
  /** A, the width of what scores a step for attention. Default H. */
  readonly attentionSize?: number;
  /** The share of the tokens whose embedding is 0 wherever they stand in a batch of training. Default 0. */
  readonly embeddingDropout?: number;
  /** Dropout of the vector that is classified. Default 0. */
  readonly outputDropout?: number;
  /** The share of the uniform distribution in what is learnt, not in the loss that is reported. Default 0. */
  readonly labelSmoothing?: number;
}

/** With its defaults filled in. */
export type CompleteClassifierConfig = TextClassifierConfig &
  Required<Pick<TextClassifierConfig, "isBidirectional" | "pooling" | "numLayers">>;

const FIELDS = {
  vocabSize: SIZE,
  numClasses: SIZE,
  ...RECURRENT_FIELDS,
  embeddingSize: optional(SIZE),
  isBidirectional: withDefault(FLAG, false),
  pooling: withDefault(oneOf(["last", "mean", "max", "attention"]), "last"),
  attentionSize: optional(SIZE),
  embeddingDropout: RATE,
  outputDropout: RATE,
  labelSmoothing: RATE,
};

/** Throws a RangeError that names `caller` unless `config` is one. */
export function checkClassifierConfig(caller: string, config: TextClassifierConfig): CompleteClassifierConfig {
  const complete = checkConfig(caller, config, FIELDS) as CompleteClassifierConfig;
  checkRecurrentConfig(caller, complete);
  const { pooling, attentionSize, embeddingSize, embeddingDropout = 0 } = complete;
  if (pooling !== "attention" && attentionSize !== undefined) {
    throw new RangeError(`${caller}: attentionSize must be left out for pooling ${pooling}, got ${attentionSize}`);
  }
  if (embeddingSize === undefined && embeddingDropout > 0) {
    throw new RangeError(`${caller}: embeddingDropout must be 0 without embeddingSize, got ${embeddingDropout}`);
  }
  return complete;
}
