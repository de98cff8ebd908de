import { showValue } from "../show-value.ts";
import type { KerasFile, KerasLayer } from "./keras-file.ts";
import { PARTS } from "./read-weights-h5.ts";
import { layerConfigs, snakeCase, uniqueNames } from "./layer-configs.ts";

/** The path of a weight: that of its layer, parts of the layer, `vars` and a number. */
const OF_A_WEIGHT = new RegExp(`^(.+?)(/(${PARTS.join("|")}))*/vars/\\d+$`);

const RECURRENT = ["SimpleRNN", "GRU", "LSTM"];

/** A layer with the place of each of its weights in `.weights.h5`. */
interface PlacedLayer {
  readonly layer: KerasLayer;
  /** Where the layer lies, for instance `layers/lstm_1`. */
  readonly path: string;
  /** Of each weight, for instance `layers/lstm_1/cell/vars/0`. */
  readonly weightPaths: readonly string[];
}

/**
 * Where `.weights.h5` holds the weights of a file: where they were read from, where the config puts the layer of that name,
 * or where the number of layers of its class before it does.
 */
export function placeLayers(caller: string, { layers, config }: KerasFile): PlacedLayer[] {
  const configs = new Map(layerConfigs(config).map((known) => [known.name, known]));
  const unique = uniqueNames();
  return layers.flatMap((layer) => {
    const known = configs.get(layer.name);
    const className = layer.className ?? known?.className;
    const counted = className === undefined ? undefined : `layers/${unique(snakeCase(className))}`;
    const read = layer.weights.map(({ path }) => path?.replace(/^\//, "") ?? "");
    if (layer.weights.length === 0) return [];
    if (read.every((path) => OF_A_WEIGHT.test(path))) {
      return { layer, path: OF_A_WEIGHT.exec(read[0]!)![1]!, weightPaths: read };
    }
    const path = known?.path ?? counted;
    if (className === undefined || path === undefined) {
      throw new RangeError(`${caller}: layer ${showValue(layer.name)} must have a className, got none`);
    }
    return { layer, path, weightPaths: weightPlaces(caller, layer, className).map((place) => `${path}/${place}`) };
  });
}

/** The places of a layer's weights below its own, in the order of `get_weights()`. */
function weightPlaces(caller: string, { name, weights }: KerasLayer, className: string): string[] {
  const places = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}vars/${i}`);
  if (RECURRENT.includes(className)) return places("cell/", weights.length);
  if (className !== "Bidirectional") return places("", weights.length);
  const half = weights.length / 2;
  if (!Number.isInteger(half)) {
    throw new RangeError(
      `${caller}: layer ${showValue(name)} must have weights for two directions, got ${weights.length}`,
    );
  }
  return [...places("forward_layer/cell/", half), ...places("backward_layer/cell/", half)];
}
