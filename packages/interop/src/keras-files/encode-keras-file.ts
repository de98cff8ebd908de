import { showValue } from "../show-value.ts";
import { checkWeight } from "../weights/check-weight.ts";
import type { KerasFile } from "./keras-file.ts";
import { writeLegacyH5 } from "./write-legacy-h5.ts";
import { writeWeightsH5 } from "./write-weights-h5.ts";

const CALLER = "encodeKerasFile";

/**
 * A file that Keras loads: `weights.h5` and `h5` by `model.load_weights()`, into a model of the same layers in the same
 * order; `keras`, and `h5` with a config, by `keras.models.load_model()`. It writes HDF5 with the package `h5wasm`, an
 * optional peer dependency that is loaded on the first call.
 *
 * @param file layers with their class names, in the order of the model, or what `decodeKerasFile` gave, with other weights.
 * A model's config is written as it is: it must be of the same layers. Borrowed, copied.
 * @returns the file, owned by the caller.
 * @throws RangeError or TypeError for weights that do not fill their shapes, a format that needs a config and has none, a
 * layer whose place cannot be told without its class name, and names or places given twice; Error when `h5wasm` is not
 * installed.
 */
export async function encodeKerasFile(file: KerasFile): Promise<Uint8Array<ArrayBuffer>> {
  if (!file.layers.some(({ weights }) => weights.length > 0)) {
    throw new RangeError(`${CALLER}: layers must hold weights, got none`);
  }
  for (const { name, weights } of file.layers) {
    if (typeof name !== "string" || !/^[^/.][^/]*$/.test(name)) {
      throw new RangeError(`${CALLER}: layers must have names that can stand in a path, got ${showValue(name)}`);
    }
    for (const [i, weight] of weights.entries()) {
      const sizes = Object.fromEntries(weight.shape.map((_, axis) => [`axis ${axis}`, undefined]));
      checkWeight(`${CALLER}: weight ${i} of layer ${showValue(name)}`, weight, sizes);
    }
  }
  switch (file.format) {
    case "weights.h5":
      return writeWeightsH5(CALLER, file);
    case "h5":
      return writeLegacyH5(CALLER, file);
    case "keras": {
      const { config, kerasVersion = "3.0.0" } = file;
      if (!config) throw new RangeError(`${CALLER}: config must be there for a .keras file, got none`);
      const [{ zipSync }, weights] = await Promise.all([import("fflate"), writeWeightsH5(CALLER, file)]);
      const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
      const contents = {
        "metadata.json": json({ keras_version: kerasVersion }),
        "config.json": json(config),
        "model.weights.h5": weights,
      };
      return zipSync(contents, { level: 0, mtime: new Date(1980, 0, 1) }) as Uint8Array<ArrayBuffer>;
    }
    default:
      throw new RangeError(`${CALLER}: format must be keras, weights.h5 or h5, got ${showValue(file.format)}`);
  }
}
