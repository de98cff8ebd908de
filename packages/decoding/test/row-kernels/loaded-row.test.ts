import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadedRow } from "../../src/row-kernels/loaded-row.ts";
import { plainRow } from "../../src/row-kernels/plain-row.ts";
import { wasmRow } from "../../src/row-kernels/wasm-row.ts";

const kinds: Record<string, (scores: Float32Array) => LoadedRow> = { plainRow, wasmRow: wasmRow()! };

const score = fc.oneof(
  { weight: 4, arbitrary: fc.float({ noNaN: true, min: -100, max: 100 }) },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-Infinity, 1e-45, -1e-45, 1.1e-38, -0, 3.4028234663852886e38, -3.4028234663852886e38),
);
const rowOf = (each: fc.Arbitrary<number>) =>
  fc.array(each, { maxLength: 150 }).map((scores) => Float32Array.from(scores));
const rows = fc.oneof(
  { weight: 8, arbitrary: rowOf(score) },
  { weight: 2, arbitrary: rowOf(fc.oneof(score, fc.constantFrom(NaN, Infinity))) },
  rowOf(fc.constant(-Infinity)),
);
const factors = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

/** What both kinds are asked about a row; of powers the bits. */
function answers(load: (scores: Float32Array) => LoadedRow, scores: Float32Array, bar: number, factor: number) {
  const row = load(scores);
  const largest = row.largest();
  const above: number[] = [];
  for (let i = row.firstAbove(bar, 0); i < scores.length; i = row.firstAbove(bar, i + 1)) above.push(i);
  const max = scores[largest] ?? NaN;
  if (!Number.isFinite(max)) return { largest, above };
  const powerSum = row.writePowers({ max, factor });
  const powers = [...new BigInt64Array(row.powers.slice().buffer)];
  return { largest, above, powerSum, powers, sum: row.sumOfPowers({ max, factor }, largest), again: row.largest() };
}

describe("wasmRow", () => {
  it("wasmRow() is there in Node", () => {
    expect(wasmRow()).toBeDefined();
  });

  it("wasmRow()(scores) gives the bits of plainRow(scores)", () => {
    const bars = fc.oneof(score, fc.double(), fc.constantFrom(NaN, -Infinity, Infinity, 1e-50, -1e-50, 1e300, -1e300));
    fc.assert(
      fc.property(rows, bars, factors, (scores, bar, factor) => {
        expect(answers(kinds["wasmRow"]!, scores, bar, factor)).toEqual(answers(plainRow, scores, bar, factor));
      }),
      { numRuns: 3000 },
    );
  });

  it("wasmRow()(scores) takes rows of any lengths in turns, and remembers none", () => {
    for (const length of [100_000, 1, 0, 17, 16, 15, 250_001, 3]) {
      const scores = Float32Array.from({ length }, (_, i) => -((i * 7919) % 977) / 32);
      expect(answers(kinds["wasmRow"]!, scores, -2, 1.5)).toEqual(answers(plainRow, scores, -2, 1.5));
    }
  });
});

describe.each(Object.entries(kinds))("%s", (_, load) => {
  const loaded = (...scores: number[]) => load(Float32Array.from(scores));

  it.each([
    { scores: [], index: -1 },
    { scores: [-Infinity, -Infinity], index: -1 },
    { scores: [-Infinity, -1e38], index: 1 },
    { scores: [1, 2, 2], index: 1 },
    { scores: [-0, 0], index: 0 },
    { scores: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1], index: 9 },
    { scores: [0, 0, 0, 0, 0, 0, 0, 0, 5, 1, NaN, 9], index: 10 },
    { scores: [9, 0, 0, 0, NaN, 0, 0, 0, 0, 0], index: 4 },
    { scores: [9, Infinity, 0, 0, 0, 0, 0, 0, 0, 0], index: 1 },
    { scores: [Infinity, -Infinity, 3], index: 0 }, // whose sum is NaN
    { scores: [3e38, 3e38, -Infinity, 3e38, 3e38], index: 0 },
  ])("largest() of $scores is $index", ({ scores, index }) => {
    expect(loaded(...scores).largest()).toBe(index);
  });

  it("largest() is the first of the largest", () => {
    fc.assert(
      fc.property(rowOf(score), (scores) => {
        const max = scores.reduce((a, b) => Math.max(a, b), -Infinity);
        expect(load(scores).largest()).toBe(max === -Infinity ? -1 : scores.findIndex((x) => x === max));
      }),
    );
  });

  it.each([
    { bar: 1, start: 0, index: 1 },
    { bar: 2, start: 0, index: 3 },
    { bar: 2, start: 4, index: 5 },
    { bar: 1.9999999999, start: 0, index: 1 }, // which single precision takes for 2
    { bar: -Infinity, start: 4, index: 5 },
    { bar: NaN, start: 0, index: 5 },
  ])("firstAbove($bar, $start) of [1, 2, NaN, 3, -Infinity] is $index", ({ bar, start, index }) => {
    expect(loaded(1, 2, NaN, 3, -Infinity).firstAbove(bar, start)).toBe(index);
  });

  it("writePowers(scale) is Math.exp to 1e-12", () => {
    let worst = 0;
    for (let start = 0; start < 700; start += 7) {
      const scores = Float32Array.from({ length: 1000 }, (__, i) => -(start + i * 0.00713));
      const row = load(scores);
      row.writePowers({ max: 0, factor: Math.LOG2E });
      scores.forEach((x, i) => (worst = Math.max(worst, Math.abs(row.powers[i]! / Math.exp(x) - 1))));
    }
    expect(worst).toBeLessThan(1e-12);
    expect(worst).toBeGreaterThan(3e-13); // or the bound says too little
  });

  it("writePowers(scale) makes 1 of the largest, 0 of -Infinity and of what is below 2^-1022", () => {
    const row = loaded(5, -Infinity, -1022 + 5, -1023 + 5, -2000);
    row.writePowers({ max: 5, factor: 1 });
    expect([...row.powers]).toEqual([1, 0, 2 ** -1022, 0, 0]);
  });

  it("writePowers(scale) never grows as scores fall", () => {
    const scores = Float32Array.from({ length: 40_000 }, (__, i) => -i / 8192);
    const row = load(scores);
    row.writePowers({ max: 0, factor: Math.LOG2E });
    expect(row.powers.every((power, i) => i === 0 || power < row.powers[i - 1]!)).toBe(true);
  });

  it("sumOfPowers(scale, left) leaves one out, and the row as it was", () => {
    const row = loaded(0, -1, -2, -Infinity, -3);
    expect(row.sumOfPowers({ max: 0, factor: 1 }, 0)).toBe(0.875);
    expect(row.writePowers({ max: 0, factor: 1 })).toBe(1.875);
  });
});
