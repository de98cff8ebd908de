import { expect, it } from "vitest";
import { toFloat32, type SafetensorsTensor } from "../src/index.ts";

const ALL = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);

/** The value that IEEE 754 gives a pattern of a sign, `exponentBits` and `fractionBits`. */
function valueOf(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >> (exponentBits + fractionBits) ? -1 : 1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + fraction) * 2 ** (exponent - bias) : fraction * 2 ** (1 - bias));
}

it.each([
  ["F16", 5, 10],
  ["BF16", 8, 7],
] as const)("toFloat32 of every pattern of %s is the value that its bits mean", (dtype, exponentBits, fractionBits) => {
  const floats = toFloat32({ dtype, shape: [0x10000], data: ALL });
  const wrong = [...ALL].filter((bits) => !Object.is(floats[bits], valueOf(bits, exponentBits, fractionBits)));
  expect(wrong).toEqual([]);
});

it("toFloat32 of F32 is the tensor's own array", () => {
  const data = Float32Array.of(1, -2.5);
  expect(toFloat32({ dtype: "F32", shape: [2], data })).toBe(data);
});

it("toFloat32 of F64 rounds to the nearest float32", () => {
  const data = Float64Array.of(0.1, 1 + 2 ** -24, 1e300, -0);
  expect(toFloat32({ dtype: "F64", shape: [4], data })).toEqual(Float32Array.of(Math.fround(0.1), 1, Infinity, -0));
});

it.each([
  { dtype: "I64", shape: [1], data: BigInt64Array.of(1n) },
  { dtype: "BOOL", shape: [1], data: Uint8Array.of(1) },
  { dtype: "F8_E4M3", shape: [1], data: Uint8Array.of(1) },
] satisfies SafetensorsTensor[])("toFloat32 of $dtype throws", (tensor) => {
  const message = `toFloat32: tensor.dtype must be F64, F32, F16 or BF16, got ${tensor.dtype}`;
  expect(() => toFloat32(tensor)).toThrow(new RangeError(message));
});
