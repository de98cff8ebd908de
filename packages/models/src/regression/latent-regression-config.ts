import { checkConfig, type Field, SIZE, withDefault } from "../config/check-config.ts";
import { checkRecurrentConfig, RECURRENT_FIELDS, type RecurrentConfig } from "../config/recurrent-config.ts";

/** All that decides the form of a latent regression, as plain JSON. */
export interface LatentRegressionConfig extends RecurrentConfig {
  /** tau, the time steps of a window, which the state is made from. */
  readonly order: number;
  /** F, the numbers of a time step, all of which are predicted. Default 1. */
  readonly numFeatures?: number;
}

/** With its defaults filled in. */
export type CompleteLatentConfig = LatentRegressionConfig & Required<Pick<LatentRegressionConfig, "numFeatures">>;

const FIELDS: Readonly<Record<keyof LatentRegressionConfig, Field>> = {
  order: SIZE,
  numFeatures: withDefault(SIZE, 1),
  ...RECURRENT_FIELDS,
};

/** Throws a RangeError that names `caller` unless `config` is one. */
export function checkLatentConfig(caller: string, config: LatentRegressionConfig): CompleteLatentConfig {
  const complete = checkConfig(caller, config, FIELDS) as CompleteLatentConfig;
  checkRecurrentConfig(caller, complete);
  return complete;
}
