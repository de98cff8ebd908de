import { showValue } from "../show-value.ts";
import type { KerasFile, KerasLayer } from "./keras-file.ts";
import { layerConfigs, type LayerConfig } from "./layer-configs.ts";
import { readHdf5 } from "./read-hdf5.ts";
import { readLegacyH5 } from "./read-legacy-h5.ts";
import { readWeightsH5 } from "./read-weights-h5.ts";
import { readZip } from "./zip-archive.ts";

const CALLER = "decodeKerasFile";
const ARCHIVE = { config: "config.json", metadata: "metadata.json", weights: "model.weights.h5" } as const;
const MAGIC = { zip: "504b0304", hdf5: "894844460d0a1a0a" };

/**
 * The layers and weights of a file that Keras 2 or 3 wrote: `.keras`, `.weights.h5`, or the older `.h5`. It reads HDF5 with
 * the package `h5wasm`, an optional peer dependency that is loaded on the first call.
 *
 * Nothing in the file is run: a config is handed on as data. Weights that are neither float32 nor float64 are refused,
 * integers left out. A file from a stranger is best read in a worker, for HDF5's own library reads it.
 *
 * @param bytes the file. Borrowed, copied.
 * @throws RangeError for a damaged or hostile file, before more memory is taken than the file has bytes; TypeError for
 * anything but a Uint8Array; Error when `h5wasm` is not installed.
 */
export async function decodeKerasFile(bytes: Uint8Array): Promise<KerasFile> {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`${CALLER}: bytes must be a Uint8Array, got ${showValue(bytes)}`);
  }
  const start = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (start.startsWith(MAGIC.zip)) return decodeArchive(bytes);
  if (start === MAGIC.hdf5) return decodeHdf5(bytes);
  throw new RangeError(`${CALLER}: bytes must begin as a zip archive or an HDF5 file, got ${showValue(start)}`);
}

async function decodeArchive(bytes: Uint8Array): Promise<KerasFile> {
  const contents = await readZip(CALLER, bytes, Object.values(ARCHIVE));
  for (const name of [ARCHIVE.config, ARCHIVE.weights]) {
    if (!contents.has(name)) throw new RangeError(`${CALLER}: the zip archive must hold ${name}, got none`);
  }
  const config = parseJson(ARCHIVE.config, contents.get(ARCHIVE.config)!);
  const metadata = contents.has(ARCHIVE.metadata) ? parseJson(ARCHIVE.metadata, contents.get(ARCHIVE.metadata)!) : {};
  const layers = await readHdf5(CALLER, contents.get(ARCHIVE.weights)!, readWeightsH5);
  const configs = layerConfigs(config);
  const { keras_version: kerasVersion } = metadata;
  return {
    format: "keras",
    layers: inOrder(layers, configs, ({ weights }, { path }) => weights[0]!.path!.startsWith(`/${path}/`)),
    config,
    ...(typeof kerasVersion === "string" && { kerasVersion }),
  };
}

async function decodeHdf5(bytes: Uint8Array): Promise<KerasFile> {
  return readHdf5(CALLER, bytes, (root): KerasFile => {
    const weights = root.group("model_weights") ?? root;
    const kerasVersion = (root.strings("keras_version") ?? weights.strings("keras_version"))?.[0];
    if (!weights.strings("layer_names") && !weights.strings("layer_names0")) {
      return { format: "weights.h5", layers: readWeightsH5(root) };
    }
    const json = root.strings("model_config")?.[0];
    const config = json === undefined ? undefined : parseJson("model_config", new TextEncoder().encode(json));
    const layers = readLegacyH5(CALLER, weights);
    return {
      format: "h5",
      layers: inOrder(layers, layerConfigs(config), ({ name }, layer) => name === layer.name),
      ...(config && { config }),
      ...(kerasVersion !== undefined && { kerasVersion }),
    };
  });
}

/** The layers with what the config says of them, in its order; those that it does not know come last. */
function inOrder(
  layers: readonly KerasLayer[],
  configs: readonly LayerConfig[],
  isSame: (layer: KerasLayer, config: LayerConfig) => boolean,
): KerasLayer[] {
  const known = layers.map((layer) => {
    // The last one: a model's own config comes before those of the layers inside it.
    const position = configs.reduce((last, config, i) => (isSame(layer, config) ? i : last), Infinity);
    const config = configs[position];
    return { position, layer: config ? { ...layer, ...about(config) } : layer };
  });
  return known.sort((left, right) => left.position - right.position || 0).map(({ layer }) => layer);
}

function about({ name, className, config }: LayerConfig): Pick<KerasLayer, "className" | "config" | "name"> {
  return { name, className, config };
}

function parseJson(name: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new RangeError(`${CALLER}: ${name} must be JSON, got other text`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RangeError(`${CALLER}: ${name} must be a JSON object, got ${showValue(value)}`);
  }
  return value as Readonly<Record<string, unknown>>;
}
