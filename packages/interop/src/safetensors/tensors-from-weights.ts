import { toFloat16 } from "../floats/to-float16.ts";
import { entriesOf, type Named } from "../named.ts";
import { showValue } from "../show-value.ts";
import type { FloatArray, Weight } from "../weights/weight.ts";
import type { SafetensorsTensor } from "./safetensors-tensor.ts";

/**
 * Weights as the tensors of a safetensors file: float32, or float16, rounded to the nearest (ties to even).
 *
 * @param weights by name, borrowed; float32 arrays that stay float32 are handed on, all others are copied.
 * @param options.dtype default F32.
 * @returns a new Map for `encodeSafetensors`, in the same order.
 * @throws RangeError when a finite number is too large for the dtype: it would become infinite.
 */
export function tensorsFromWeights(
  weights: Named<Weight>,
  { dtype = "F32" }: { readonly dtype?: "F32" | "F16" } = {},
): Map<string, SafetensorsTensor> {
  if (dtype !== "F32" && dtype !== "F16") {
    throw new RangeError(`tensorsFromWeights: dtype must be F32 or F16, got ${showValue(dtype)}`);
  }
  return new Map(
    Array.from(entriesOf(weights), ([name, { shape, data }]): [string, SafetensorsTensor] => [
      name,
      dtype === "F16" ? { dtype, shape, data: toFloat16(data) } : { dtype, shape, data: float32(data) },
    ]),
  );
}

function float32(data: FloatArray): Float32Array {
  if (data instanceof Float32Array) return data;
  const rounded = new Float32Array(data);
  const lost = data.find((value, i) => Number.isFinite(value) && !Number.isFinite(rounded[i]));
  if (lost !== undefined) throw new RangeError(`tensorsFromWeights: weights must fit into float32, got ${lost}`);
  return rounded;
}
