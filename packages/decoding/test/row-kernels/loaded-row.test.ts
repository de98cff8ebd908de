import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
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
  row.visitAbove(
    () => bar + above.length / 8,
    (index) => above.push(index),
    scores.length >> 3,
  );
  const max = scores[largest] ?? NaN;
  if (!Number.isFinite(max)) return { largest, above };
  const powerSum = row.writePowers({ max, factor });
  const powers = [...new BigInt64Array(row.powers.slice().buffer)];
  const picked = [0, 0.3, 0.9, 0.9999999999999999].map((share) => row.pick(share * powerSum));
  const sum = row.sumOfPowers({ max, factor }, largest);
  const replaced = scores.slice();
  load(replaced).replaceBelow(bar, -7, replaced);
  return { largest, above, powerSum, powers, picked, sum, replaced, again: load(scores).largest() };
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

  it("wasmRow()(scores).sumOfPowers(scale, left, limit) stops where plainRow does", () => {
    const scores = Float32Array.from({ length: 3000 }, (_, i) => -((i * 7919) % 977) / 32);
    const sums = [0.001, 30, 60, 90, Infinity].map((limit) => {
      const sum = wasmRow()!(scores).sumOfPowers({ max: 0, factor: 1 }, 0, limit);
      expect(plainRow(scores).sumOfPowers({ max: 0, factor: 1 }, 0, limit)).toBe(sum);
      return sum;
    });
    expect(new Set(sums).size).toBe(3); // of 1024, 2048 and all scores
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
    { bar: 1, start: 0, visited: [1, 3] },
    { bar: 2, start: 0, visited: [3] },
    { bar: 2, start: 4, visited: [] },
    { bar: 1.9999999999, start: 0, visited: [1, 3] }, // which single precision takes for 2
    { bar: -Infinity, start: 1, visited: [1, 3] },
    { bar: NaN, start: 0, visited: [] },
  ])("visitAbove(() => $bar, visit, $start) of [1, 2, NaN, 3, -Infinity] visits $visited", (each) => {
    const visit = vi.fn<(index: number) => void>();
    loaded(1, 2, NaN, 3, -Infinity).visitAbove(() => each.bar, visit, each.start);
    expect(visit.mock.calls.flat()).toEqual(each.visited);
  });

  it("visitAbove(bar, visit) leaves out what is no longer above a bar that rises, in a row of many", () => {
    const scores = Float32Array.from({ length: 5000 }, (__, i) => (i * 7919) % 4999);
    const expected: number[] = [];
    let largest = -1;
    scores.forEach((x, i) => {
      if (x <= largest) return;
      largest = x;
      expected.push(i);
    });
    const visited: number[] = [];
    load(scores).visitAbove(
      () => scores[visited.at(-1) ?? -1] ?? -1,
      (index) => visited.push(index),
    );
    expect(visited).toEqual(expected);
  });

  it("visitAbove(bar, visit) visits all of a row that is above", () => {
    const visited: number[] = [];
    load(new Float32Array(5000)).visitAbove(
      () => -1,
      (index) => visited.push(index),
    );
    expect(visited).toEqual(Array.from({ length: 5000 }, (__, i) => i));
  });

  it("writePowers(scale) is Math.exp to 5e-13", () => {
    let worst = 0;
    for (let start = 0; start < 700; start += 7) {
      const scores = Float32Array.from({ length: 1000 }, (__, i) => -(start + i * 0.00713));
      const row = load(scores);
      row.writePowers({ max: 0, factor: Math.LOG2E });
      scores.forEach((x, i) => (worst = Math.max(worst, Math.abs(row.powers[i]! / Math.exp(x) - 1))));
    }
    expect(worst).toBeLessThan(5e-13);
    expect(worst).toBeGreaterThan(1e-13); // or the bound says too little
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

  it("pick(share) finds where the running sum exceeds the share, and never a power of 0", () => {
    const scores = [-Infinity, -1, -Infinity, 0, ...Array<number>(20).fill(-Infinity), -2, -Infinity];
    const row = loaded(...scores);
    const total = row.writePowers({ max: 0, factor: 1 });
    expect(total).toBe(1.75);
    expect([0, 0.49, 0.5, 1.49, 1.5, 1.74, 1.75].map((share) => row.pick(share))).toEqual([1, 1, 3, 3, 24, 24, 24]);
  });

  it.each([
    { cutoff: 2, expected: [-7, 2, NaN, 3, -7] },
    { cutoff: 2.0000000001, expected: [-7, -7, NaN, 3, -7] }, // which single precision takes for 2
    { cutoff: -Infinity, expected: [1, 2, NaN, 3, -Infinity] },
    { cutoff: NaN, expected: [1, 2, NaN, 3, -Infinity] },
  ])("replaceBelow($cutoff, -7, row) of [1, 2, NaN, 3, -Infinity] leaves $expected", ({ cutoff, expected }) => {
    const scores = Float32Array.of(1, 2, NaN, 3, -Infinity);
    load(scores).replaceBelow(cutoff, -7, scores);
    expect([...scores]).toEqual(expected);
  });

  it("sumOfPowers(scale, left) leaves one out, and the row as it was", () => {
    const row = loaded(0, -1, -2, -Infinity, -3);
    expect(row.sumOfPowers({ max: 0, factor: 1 }, 0)).toBe(0.875);
    expect(row.writePowers({ max: 0, factor: 1 })).toBe(1.875);
  });
});
