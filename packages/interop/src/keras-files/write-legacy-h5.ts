import { showValue } from "../show-value.ts";
import type { KerasFile, KerasLayer } from "./keras-file.ts";
import { snakeCase } from "./layer-configs.ts";
import { writeHdf5 } from "./write-hdf5.ts";

/** The names that fit into one HDF5 attribute, of 64 KiB. */
const MOST_NAMES = 4000;

/** The HDF5 layout of Keras 1 and 2: of a whole model where the file has a config, else of its weights. */
export function writeLegacyH5(caller: string, file: KerasFile): Promise<Uint8Array<ArrayBuffer>> {
  const layers = file.layers.filter(({ weights }) => weights.length > 0);
  const names = layers.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(`${caller}: layers must have different names, got ${showValue(twice)} twice`);
  if (names.length > MOST_NAMES) {
    throw new RangeError(
      `${caller}: layers must be at most ${MOST_NAMES} in the older HDF5 layout, got ${names.length}`,
    );
  }
  return writeHdf5(caller, (hdf5) => {
    const root = file.config ? "model_weights" : "";
    for (const path of new Set(["", root])) {
      hdf5.strings(path, "keras_version", file.kerasVersion ?? "2.0.0");
      hdf5.strings(path, "backend", "tensorflow");
    }
    if (file.config) hdf5.strings("", "model_config", JSON.stringify(file.config));
    hdf5.strings(root, "layer_names", names);
    for (const layer of layers) {
      const path = root === "" ? layer.name : `${root}/${layer.name}`;
      const weightNames = namesOfWeights(layer);
      hdf5.strings(path, "weight_names", weightNames);
      for (const [i, weight] of layer.weights.entries()) hdf5.dataset(`${path}/${weightNames[i]}`, weight);
    }
  });
}

/** The names that Keras gives to the weights of the layers known here, and numbers for those of others. */
function namesOfWeights({ name, className = "", config, weights }: KerasLayer): string[] {
  const kernels = ["kernel", "recurrent_kernel", "bias"];
  const known: Readonly<Record<string, readonly string[]>> = {
    Embedding: ["embeddings"],
    Dense: ["kernel", "bias"],
    SimpleRNN: kernels.map((kernel) => `simple_rnn_cell/${kernel}`),
    GRU: kernels.map((kernel) => `gru_cell/${kernel}`),
    LSTM: kernels.map((kernel) => `lstm_cell/${kernel}`),
  };
  if (className === "Bidirectional" && weights.length % 2 === 0) {
    const inner = (config?.["layer"] as { readonly class_name?: unknown } | undefined)?.class_name;
    const cell = typeof inner === "string" ? snakeCase(inner) : "layer";
    const half = weights.length / 2;
    return weights.map(
      (_, i) => `${name}/${i < half ? "forward" : "backward"}_${cell}/${kernels[i % half] ?? `weight_${i}`}:0`,
    );
  }
  return weights.map((_, i) => `${name}/${known[className]?.[i] ?? `weight_${i}`}:0`);
}
