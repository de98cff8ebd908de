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
  [{ dtype: "I64", shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) }, [-1, 2 ** 62]],
  [{ dtype: "U64", shape: [1], data: BigUint64Array.of(2n ** 63n) }, [2 ** 63]],
  [{ dtype: "I32", shape: [2], data: Int32Array.of(-(2 ** 31), 2 ** 24) }, [-(2 ** 31), 2 ** 24]],
  [{ dtype: "U32", shape: [1], data: Uint32Array.of(2 ** 31) }, [2 ** 31]],
  [{ dtype: "I16", shape: [1], data: Int16Array.of(-32768) }, [-32768]],
  [{ dtype: "U16", shape: [1], data: Uint16Array.of(65535) }, [65535]],
  [{ dtype: "I8", shape: [1], data: Int8Array.of(-128) }, [-128]],
  [{ dtype: "U8", shape: [1], data: Uint8Array.of(255) }, [255]],
  [{ dtype: "BOOL", shape: [2], data: Uint8Array.of(0, 1) }, [0, 1]],
  [{ dtype: "F8_E8M0", shape: [3], data: Uint8Array.of(0, 127, 254) }, [2 ** -127, 1, 2 ** 127]],
  [{ dtype: "F8_E4M3", shape: [2], data: Uint8Array.of(0x7e, 0x01) }, [448, 2 ** -9]],
] satisfies [SafetensorsTensor, number[]][])("toFloat32 of %o is %j", (tensor, values) => {
  expect([...toFloat32(tensor)]).toEqual(values);
});

it.each([
  [{ dtype: "I64", shape: [1], data: BigInt64Array.of(2n ** 53n + 1n) }, "9007199254740993"],
  [{ dtype: "U64", shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) }, "18446744073709551615"],
  [{ dtype: "I32", shape: [1], data: Int32Array.of(2 ** 24 + 1) }, "16777217"],
  [{ dtype: "U32", shape: [1], data: Uint32Array.of(2 ** 32 - 1) }, "4294967295"],
] satisfies [SafetensorsTensor, string][])("toFloat32 refuses %o, which float32 does not hold", (tensor, value) => {
  expect(() => toFloat32(tensor)).toThrow(
    new RangeError(`toFloat32: integers must be numbers of float32, got ${value}`),
  );
});
