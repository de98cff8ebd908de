import { createHash } from "node:crypto";
import { golden } from "@rnnkit/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { toFloat16, toFloat32 } from "../src/index.ts";

const { source, cases } = golden<{ readonly sha256OfNarrowedF16: string }>(import.meta.url, "safetensors-files");

const widen = (data: Uint16Array) => toFloat32({ dtype: "F16", shape: [data.length], data });

/** The float64 beside a positive one. */
function neighbour(value: number, step: 1n | -1n): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + step);
  return view.getFloat64(0);
}

it(`toFloat16 rounds every halfway point of float16 and its neighbours as ${source}`, () => {
  const halves = widen(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits));
  const middles = Array.from({ length: halves.length - 1 }, (_, i) => (halves[i]! + halves[i + 1]!) / 2);
  const values = [
    ...middles.map((value) => neighbour(value, -1n)),
    ...middles,
    ...middles.map((value) => neighbour(value, 1n)),
  ];
  const bits = toFloat16(Float64Array.from([...values, ...values.map((value) => -value)]));
  expect(createHash("sha256").update(bits).digest("hex")).toBe(cases.sha256OfNarrowedF16);
});

it("toFloat16 of what toFloat32 widened gives back every pattern that is no NaN", () => {
  const patterns = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
  const again = toFloat16(widen(patterns));
  const changed = [...patterns].filter((bits) => again[bits] !== bits);
  expect(changed.every((bits) => (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0)).toBe(true);
  expect(changed.every((bits) => again[bits] === 0x7e00 || again[bits] === 0xfe00)).toBe(true);
});

it("toFloat16 is off by at most half a unit in the last place", () => {
  fc.assert(
    fc.property(fc.double({ min: -65519, max: 65519, noNaN: true }), (value) => {
      const unit = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - 10));
      expect(Math.abs(widen(toFloat16(Float64Array.of(value)))[0]! - value)).toBeLessThanOrEqual(unit / 2);
    }),
    { seed: 16 },
  );
});

it.each([
  [
    [0, -0, 1, -2],
    [0, 0x8000, 0x3c00, 0xc000],
  ],
  [
    [Infinity, -Infinity],
    [0x7c00, 0xfc00],
  ],
  [
    [65504, 65519.99],
    [0x7bff, 0x7bff],
  ],
  [
    [2 ** -24, 2 ** -25, 2 ** -25 * 1.0001, 1e-300],
    [1, 0, 1, 0],
  ],
  [[], []],
])("toFloat16(%j) is %j", (values, bits) => {
  expect([...toFloat16(Float64Array.from(values))]).toEqual(bits);
});

it.each([65520, -65520, 1e300])("toFloat16 refuses %d, which would become infinite", (value) => {
  expect(() => toFloat16(Float64Array.of(value))).toThrow(
    new RangeError(`toFloat16: values must be below 65520 in magnitude, got ${value}`),
  );
});
