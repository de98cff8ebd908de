import type { Initialization } from "@rnnkit/cells";
import { checkConfig, type Field, oneOf, optional, SIZE, withDefault } from "../config/check-config.ts";

/** All that decides the form of a Markov regression, as plain JSON. */
export interface MarkovRegressionConfig {
  /** tau, how many time steps the next one is predicted from. */
  readonly order: number;
  /** F, the numbers of a time step, all of which are predicted. Default 1. */
  readonly numFeatures?: number;
  /** The widths of the hidden layers; none makes it linear. */
  readonly hiddenSizes: readonly number[];
  /** Between layers. Default `relu`. */
  readonly activation?: "relu" | "tanh";
  /** How the parameters begin: as PyTorch's `nn.Linear`, Keras's `Dense` or from N(0, 0.01²). Default `pytorch`. */
  readonly initialization?: Initialization;
}

/** With its defaults filled in. */
export type CompleteMarkovConfig = MarkovRegressionConfig &
  Required<Pick<MarkovRegressionConfig, "numFeatures" | "activation">>;

const FIELDS: Readonly<Record<keyof MarkovRegressionConfig, Field>> = {
  order: SIZE,
  numFeatures: withDefault(SIZE, 1),
  hiddenSizes: {
    isValid: (value) => Array.isArray(value) && value.every(SIZE.isValid),
    rule: "must be an array of positive integers",
  },
  activation: withDefault(oneOf(["relu", "tanh"]), "relu"),
  initialization: optional(oneOf(["pytorch", "keras", "d2l"])),
};

/** Throws a RangeError that names `caller` unless `config` is one. */
export function checkMarkovConfig(caller: string, config: MarkovRegressionConfig): CompleteMarkovConfig {
  return checkConfig(caller, config, FIELDS) as CompleteMarkovConfig;
}

/** The widths of all layers, from the window to the prediction. */
export function perceptronSizes({ order, numFeatures = 1, hiddenSizes }: MarkovRegressionConfig): number[] {
  return [order * numFeatures, ...hiddenSizes, numFeatures];
}
