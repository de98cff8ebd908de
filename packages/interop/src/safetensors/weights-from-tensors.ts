import { toFloat32 } from "../floats/to-float32.ts";
import { entriesOf, type Named } from "../named.ts";
import type { Weight } from "../weights/weight.ts";
import type { SafetensorsTensor } from "./safetensors-tensor.ts";

/**
 * The tensors of a safetensors file as weights: F64 stays float64, every other dtype becomes float32, without loss.
 *
 * @param tensors by name, borrowed; F32 and F64 arrays are handed on, the others copied.
 * @returns a new Map, in the same order.
 * @throws RangeError for an integer of 32 or 64 bits that float32 does not hold.
 */
export function weightsFromTensors(tensors: Named<SafetensorsTensor>): Map<string, Weight> {
  return new Map(
    Array.from(entriesOf(tensors), ([name, tensor]) => {
      const data = tensor.dtype === "F64" ? tensor.data : toFloat32(tensor);
      return [name, { shape: tensor.shape, data }] as const;
    }),
  );
}
