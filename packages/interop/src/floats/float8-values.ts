/** The types of 8 bits: how many are exponent and fraction, the bias, and whether the top exponent holds infinity and NaN. */
const FORMATS = {
  F8_E5M2: { exponentBits: 5, fractionBits: 2, bias: 15, nan: "ieee" },
  F8_E4M3: { exponentBits: 4, fractionBits: 3, bias: 7, nan: "all ones" },
  F8_E5M2FNUZ: { exponentBits: 5, fractionBits: 2, bias: 16, nan: "minus zero" },
  F8_E4M3FNUZ: { exponentBits: 4, fractionBits: 3, bias: 8, nan: "minus zero" },
} as const;

export type Float8 = keyof typeof FORMATS | "F8_E8M0";

/**
 * The value of each of the 256 patterns of an 8-bit float; all are float32 numbers.
 *
 * Sources: OCP 8-bit Floating Point Specification 1.0 (E5M2, E4M3), Microscaling Formats 1.0 (E8M0: a power of two), and
 * for the FNUZ types, finite but for a NaN in place of the negative zero, Noune et al. (2022).
 */
export function float8Values(dtype: Float8): Float32Array {
  return Float32Array.from({ length: 256 }, (_, bits) => {
    if (dtype === "F8_E8M0") return bits === 255 ? NaN : 2 ** (bits - 127);
    const { exponentBits, fractionBits, bias, nan } = FORMATS[dtype];
    const sign = bits & 0x80 ? -1 : 1;
    const exponent = (bits & 0x7f) >> fractionBits;
    const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
    if (nan === "minus zero" && bits === 0x80) return NaN;
    if (nan === "all ones" && (bits & 0x7f) === 0x7f) return NaN;
    if (nan === "ieee" && exponent === 2 ** exponentBits - 1) return fraction ? NaN : sign * Infinity;
    return sign * (exponent ? (1 + fraction) * 2 ** (exponent - bias) : fraction * 2 ** (1 - bias));
  });
}
