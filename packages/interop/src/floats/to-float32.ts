import type { SafetensorsTensor } from "../safetensors/safetensors-tensor.ts";
import { float8Values } from "./float8-values.ts";

/**
 * The elements of a tensor as float32: exact for every dtype but F64, which is rounded to the nearest.
 *
 * @param tensor borrowed.
 * @returns in row-major order; for F32 the tensor's own `data`, otherwise a new array. A BOOL is 0 or 1.
 * @throws RangeError for an integer of 32 or 64 bits that float32 does not hold.
 */
export function toFloat32(tensor: SafetensorsTensor): Float32Array {
  switch (tensor.dtype) {
    case "F32":
      return tensor.data;
    case "F16":
      return fromBits(tensor.data, float32BitsOfFloat16);
    case "BF16":
      return fromBits(tensor.data, (bits) => bits << 16); // a bfloat16 is the upper half of a float32
    case "F8_E5M2":
    case "F8_E4M3":
    case "F8_E5M2FNUZ":
    case "F8_E4M3FNUZ":
    case "F8_E8M0": {
      const values = float8Values(tensor.dtype);
      return Float32Array.from(tensor.data, (bits) => values[bits]!);
    }
    case "I64":
    case "U64":
      return Float32Array.from(tensor.data, exact);
    case "I32":
    case "U32":
      return Float32Array.from(tensor.data, exact);
    default:
      return new Float32Array(tensor.data);
  }
}

function exact(value: number | bigint): number {
  const float = Math.fround(Number(value));
  if (typeof value === "bigint" ? BigInt(float) === value : float === value) return float;
  throw new RangeError(`toFloat32: integers must be numbers of float32, got ${value}`);
}

function fromBits(data: Uint16Array, float32Bits: (bits: number) => number): Float32Array {
  const floats = new Float32Array(data.length);
  const words = new Uint32Array(floats.buffer);
  for (let i = 0; i < data.length; i++) words[i] = float32Bits(data[i]!);
  return floats;
}

/** Rebiases the exponent from 15 to 127 and widens the fraction from 10 to 23 bits. */
function float32BitsOfFloat16(bits: number): number {
  const sign = (bits & 0x8000) << 16;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // A subnormal half is a normal single: its leading 1 moves up to bit 10, which is dropped.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
