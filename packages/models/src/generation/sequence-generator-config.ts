import { checkConfig, oneOf, optional, RATE, SIZE, withDefault } from "../config/check-config.ts";
import { checkRecurrentConfig, RECURRENT_FIELDS, type RecurrentConfig } from "../config/recurrent-config.ts";

/** All that decides the form of a sequence generator, as plain JSON. */
export interface SequenceGeneratorConfig extends RecurrentConfig {
  /** V, the number of tokens. */
  readonly vocabSize: number;
  /** C, the width of the vector. */
  readonly vectorSize: number;
  /** Where the vector enters: into the `initial-state`, into the input of `each-step`, or into `both`. Default `both`. */
  readonly conditioning?: "initial-state" | "each-step" | "both";
  /** E, the width of the token embedding; without it, tokens enter as one-hot rows. */
  readonly embeddingSize?: number;
  /** Variational dropout of what the top layer gives to the output. Default 0. */
  readonly outputDropout?: number;
  /** The share of the uniform distribution in what is learnt, not in the loss that is reported. Default 0. */
  readonly labelSmoothing?: number;
}

/** With its defaults filled in. */
export type CompleteGeneratorConfig = SequenceGeneratorConfig &
  Required<Pick<SequenceGeneratorConfig, "conditioning" | "numLayers">>;

const FIELDS = {
  vocabSize: SIZE,
  vectorSize: SIZE,
  conditioning: withDefault(oneOf(["initial-state", "each-step", "both"]), "both"),
  ...RECURRENT_FIELDS,
  embeddingSize: optional(SIZE),
  outputDropout: RATE,
  labelSmoothing: RATE,
};

/** Throws a RangeError that names `caller` unless `config` is one. */
export function checkGeneratorConfig(caller: string, config: SequenceGeneratorConfig): CompleteGeneratorConfig {
  const complete = checkConfig(caller, config, FIELDS) as CompleteGeneratorConfig;
  checkRecurrentConfig(caller, complete);
  return complete;
}

/** The width of what enters the layers at each step. */
export function generatorInputSize(config: CompleteGeneratorConfig): number {
  const { vocabSize, embeddingSize = vocabSize, vectorSize, conditioning } = config;
  return embeddingSize + (conditioning === "initial-state" ? 0 : vectorSize);
}

/** The numbers of each tensor of the initial state of a layer: of its hidden state and, in an LSTM, of its cell state. */
export function stateSizes({ kind, hiddenSize, projectionSize }: RecurrentConfig): number[] {
  return kind === "lstm" ? [projectionSize ?? hiddenSize, hiddenSize] : [hiddenSize];
}
