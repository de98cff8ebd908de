import type { SafetensorsTensor } from "./safetensors-tensor.ts";

/**
 * The elements of a floating-point tensor as float32: exact for F32, F16 and BF16, rounded to nearest for F64.
 *
 * @param tensor borrowed.
 * @returns in row-major order; for F32 the tensor's own `data`, otherwise a new array.
 * @throws RangeError for integers and booleans, which float32 may not hold, and the 8-bit floats.
 */
export function toFloat32(tensor: SafetensorsTensor): Float32Array {
  switch (tensor.dtype) {
    case "F32":
      return tensor.data;
    case "F64":
      return new Float32Array(tensor.data);
    case "F16":
      return fromBits(tensor.data, float32BitsOfFloat16);
    case "BF16":
      return fromBits(tensor.data, (bits) => bits << 16); // a bfloat16 is the upper half of a float32
    default:
      throw new RangeError(`toFloat32: tensor.dtype must be F64, F32, F16 or BF16, got ${tensor.dtype}`);
  }
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
