import { showValue } from "../show-value.ts";
import type { KerasFile, KerasLayer } from "./keras-file.ts";
import { snakeCase } from "./layer-configs.ts";
import { type Hdf5Writer, writeHdf5 } from "./write-hdf5.ts";

/** What an HDF5 attribute holds at most, less room for its header: Keras cuts longer lists in the same way. */
const MOST_ATTRIBUTE_BYTES = 64512;
const BYTES_OF_A_STRING = 16; // where one of any length lies, of which an attribute holds the address

/** The HDF5 layout of Keras 1 and 2: of a whole model where the file has a config, else of its weights. */
export function writeLegacyH5(caller: string, file: KerasFile): Promise<Uint8Array<ArrayBuffer>> {
  const names = file.layers.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(`${caller}: layers must have different names, got ${showValue(twice)} twice`);
  return writeHdf5(caller, (hdf5) => {
    const root = file.config ? "model_weights" : "";
    for (const path of new Set(["", root])) {
      hdf5.strings(path, "keras_version", file.kerasVersion ?? "2.0.0");
      hdf5.strings(path, "backend", "tensorflow");
    }
    if (file.config) hdf5.strings("", "model_config", JSON.stringify(file.config));
    writeList(hdf5, { path: root, attribute: "layer_names", values: names });
    for (const layer of file.layers) {
      const path = root === "" ? layer.name : `${root}/${layer.name}`;
      const weightNames = namesOfWeights(layer);
      writeList(hdf5, { path, attribute: "weight_names", values: weightNames });
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

function writeList(
  hdf5: Hdf5Writer,
  {
    path,
    attribute,
    values,
  }: { readonly path: string; readonly attribute: string; readonly values: readonly string[] },
): void {
  const most = Math.floor(MOST_ATTRIBUTE_BYTES / BYTES_OF_A_STRING);
  if (values.length <= most) return hdf5.strings(path, attribute, values);
  for (let i = 0; i * most < values.length; i++) {
    hdf5.strings(path, `${attribute}${i}`, values.slice(i * most, (i + 1) * most));
  }
}
