import { showValue } from "../show-value.ts";
import type { FloatArray } from "../weights/weight.ts";

/** Where rounding to float16 gives infinity: halfway from its largest number, 65504, to the next power of two. */
const OVERFLOW = 65520;

/**
 * Numbers as the bits of float16, rounded once to the nearest (ties to even): the `data` of a tensor of dtype F16.
 *
 * @param values borrowed; infinities and NaN keep their kind.
 * @throws RangeError for a finite number of 65520 or more in magnitude, which would become infinite.
 */
export function toFloat16(values: FloatArray): Uint16Array {
  const bits = new Uint16Array(values.length);
  const double = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    double.setFloat64(0, value);
    const high = double.getUint32(0);
    const magnitude = Math.abs(value);
    if (magnitude >= OVERFLOW && magnitude < Infinity) {
      throw new RangeError(`toFloat16: values must be below ${OVERFLOW} in magnitude, got ${showValue(value)}`);
    }
    bits[i] = ((high >>> 16) & 0x8000) | magnitudeBits(magnitude, ((high >>> 20) & 0x7ff) - 1023);
  }
  return bits;
}

function magnitudeBits(magnitude: number, exponent: number): number {
  if (Number.isNaN(magnitude)) return 0x7e00;
  if (magnitude === Infinity) return 0x7c00;
  if (exponent < -14) return roundToEven(magnitude * 2 ** 24); // a multiple of 2^-24; 1024 of them are the first normal one
  // The fraction has its leading 1 in bit 10, which adds the last 1 of the exponent; so does a carry out of rounding.
  return ((exponent + 14) << 10) + roundToEven(magnitude * 2 ** (10 - exponent));
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
