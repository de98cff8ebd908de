import { networkToKeras } from "../keras/network-to-keras.ts";
import type { RecurrentNetwork } from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";
import { checkTfLayersKind } from "./tf-layers-kind.ts";

/**
 * What `setWeights()` of `tf.layers` takes, as plain arrays, for each layer of a network: see `networkToKeras`. Make the layers
 * with `recurrentActivation: "sigmoid"` (their default is another), `useBias: false` where there is no bias, and
 * `activation: "relu"` for `rnn-relu`.
 *
 * @param network borrowed, copied.
 * @returns the weights of each layer, bottom first: 2 or 3, twice that for two directions.
 * @throws RangeError for `gru`, which `tf.layers` lacks, for a projection, and for weights that do not fit together.
 */
export function networkToTfLayers(network: RecurrentNetwork): Weight[][] {
  checkTfLayersKind("networkToTfLayers", network.kind);
  return networkToKeras(network);
}
