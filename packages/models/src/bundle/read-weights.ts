import type { Parameters } from "@rnnkit/cells";
import { decodeSafetensors, toFloat32 } from "@rnnkit/interop";
import * as tf from "@tensorflow/tfjs";
import type { NamedShape } from "./model-type.ts";

/**
 * The parameters in a file of safetensors, after a check that they are those of the model: the same names, the same
 * shapes, no others, and finite numbers.
 */
export function readWeights(bytes: Uint8Array, shapes: Iterable<NamedShape>): Map<string, Float32Array> {
  const { tensors } = decodeSafetensors(bytes);
  const weights = new Map<string, Float32Array>();
  for (const [name, shape] of shapes) {
    const tensor = tensors.get(name);
    const found = tensor?.shape.join(", ");
    if (!tensor || found !== shape.join(", ")) {
      const got = tensor ? `[${found}]` : "none";
      throw new RangeError(`${name} must have shape [${shape.join(", ")}], as config.json says, got ${got}`);
    }
    const values = toFloat32(tensor);
    if (!values.every(Number.isFinite)) throw new RangeError(`${name} must hold finite numbers`);
    weights.set(name, values);
  }
  const other = [...tensors.keys()].find((name) => !weights.has(name));
  if (other !== undefined) {
    throw new RangeError(`it must hold the parameters of the model in config.json and no others, got ${other}`);
  }
  return weights;
}

/** Puts values that were checked into the parameters of a model. */
export function assignWeights(parameters: Parameters, weights: ReadonlyMap<string, Float32Array>): void {
  for (const [name, variable] of Object.entries(parameters)) {
    tf.tidy(() => variable.assign(tf.tensor(weights.get(name)!, variable.shape)));
  }
}
