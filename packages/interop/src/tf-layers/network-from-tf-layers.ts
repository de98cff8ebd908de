import { networkFromKeras } from "../keras/network-from-keras.ts";
import type { RecurrentNetwork, RecurrentNetworkKind } from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";
import { checkTfLayersKind } from "./tf-layers-kind.ts";

/**
 * The network that a stack of `tf.layers.simpleRNN`, `gru`, `lstm`, or `bidirectional` of them, is. Their weights are laid out
 * as those of Keras; their GRU resets before the product.
 *
 * Made with their default `recurrentActivation: "hardSigmoid"` they compute something else than a network of these weights:
 * only layers made with `"sigmoid"` are this network.
 *
 * @param layers what `getWeights()` gives for each layer, bottom first, as plain arrays. Borrowed, copied.
 * @throws RangeError for `gru`, which `tf.layers` lacks, and when the number of weights or a shape does not fit the kind.
 */
export function networkFromTfLayers(
  kind: RecurrentNetworkKind,
  layers: readonly (readonly Weight[])[],
): RecurrentNetwork {
  checkTfLayersKind("networkFromTfLayers", kind);
  return networkFromKeras(kind, layers);
}
