import type { Batch, Batches, TokenStream } from "@rnnkit/samplers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochsContract } from "./epochs-contract.ts";

interface Options {
  readonly batchSize: number;
  readonly numSteps: number;
  readonly seed: number;
}

const cases = fc.record({
  batchSize: fc.integer({ min: 1, max: 5 }),
  numSteps: fc.integer({ min: 1, max: 7 }),
  seed: fc.integer({ min: 0, max: 0xffffffff }),
  extra: fc.nat({ max: 80 }),
  epoch: fc.nat({ max: 1000 }),
});

/**
 * What every {@link Batches} over a token stream promises, as tests.
 *
 * @param makeBatches called with streams of at least (B + 1) T + 1 tokens, and with ones it must refuse.
 * @param options isRandom: whether epochs differ from each other; default true. hasOverlap: whether a token may be an input
 *   more than once in an epoch; default false.
 */
export function batchesContract(
  name: string,
  makeBatches: (corpus: TokenStream, options: Options) => Batches,
  { isRandom = true, hasOverlap = false }: { isRandom?: boolean; hasOverlap?: boolean } = {},
): void {
  epochsContract(name, (options) => makeBatches(positions(100), { ...options, numSteps: 5 }), { isRandom });

  /** Checks one epoch over the stream 0, 1, 2, ..., in which a token is its own position. */
  const forAnyEpoch = (check: (batches: readonly Batch[], options: Options & { length: number }) => void): void =>
    fc.assert(
      fc.property(cases, ({ extra, epoch: index, ...options }) => {
        const corpus = positions((options.batchSize + 1) * options.numSteps + 1 + extra);
        const epoch = makeBatches(corpus, options).epoch(index);
        check([...epoch], { ...options, length: epoch.length });
      }),
    );

  describe(`${name} keeps the contract of batches`, () => {
    it("length is the number of batches of the epoch, at least one", () => {
      forAnyEpoch((batches, { length }) => {
        expect(batches.length).toBe(length);
        expect(length).toBeGreaterThan(0);
      });
    });

    it("inputs and targets are Int32Arrays of the shape, which has at most batchSize rows and numSteps columns", () => {
      forAnyEpoch((batches, { batchSize, numSteps }) => {
        for (const { inputs, targets, shape } of batches) {
          const [rows, steps] = shape;
          expect([inputs, targets].map((array) => array.constructor)).toEqual([Int32Array, Int32Array]);
          expect([inputs.length, targets.length]).toEqual([rows * steps, rows * steps]);
          expect(rows >= 1 && rows <= batchSize && steps >= 1 && steps <= numSteps).toBe(true);
        }
      });
    });

    it("each row is a piece of the stream, and each target is the token after its input", () => {
      forAnyEpoch((batches) => {
        for (const { inputs, targets, shape } of batches) {
          const [, steps] = shape;
          expect([...inputs]).toEqual(Array.from(inputs, (_, i) => inputs[i - (i % steps)]! + (i % steps)));
          expect([...targets]).toEqual(Array.from(inputs, (token) => token + 1));
        }
      });
    });

    it.skipIf(hasOverlap)("no input of an epoch occurs twice (skipped where windows overlap)", () => {
      forAnyEpoch((batches) => {
        const inputs = batches.flatMap((batch) => [...batch.inputs]);
        expect(new Set(inputs).size).toBe(inputs.length);
      });
    });

    it("the first batch is no continuation, and a continuation has each row go on where it ended", () => {
      forAnyEpoch((batches) => {
        expect(batches[0]!.isContinuation).toBe(false);
        batches.forEach((batch, i) => {
          const next = batch.isContinuation
            ? lastOfRows(batches[i - 1]!).map((token) => token + 1)
            : firstOfRows(batch);
          expect(firstOfRows(batch)).toEqual(next);
        });
      });
    });

    it("iterating leaves the stream as it was", () => {
      const corpus = positions(100);
      for (const batch of makeBatches(corpus, { batchSize: 2, numSteps: 5, seed: 3 }).epoch(4)) batch.inputs.fill(-1);
      expect(corpus).toEqual(positions(100));
    });

    it.each([0, -1, 1.5, NaN, Infinity])("throws a RangeError for the batchSize or numSteps %s", (value) => {
      const options = { batchSize: 2, numSteps: 3, seed: 0 };
      expect(() => makeBatches(positions(100), { ...options, batchSize: value })).toThrow(RangeError);
      expect(() => makeBatches(positions(100), { ...options, numSteps: value })).toThrow(RangeError);
    });

    it.each([0, 1])("throws a RangeError for a stream of %s tokens", (length) => {
      expect(() => makeBatches(positions(length), { batchSize: 1, numSteps: 1, seed: 0 })).toThrow(RangeError);
    });

    it.each([[[...positions(100)]], [new Float32Array(100)], ["text"], [null]])(
      "throws a TypeError for a stream that is no typed array of ids, %o",
      (corpus) => {
        const options = { batchSize: 2, numSteps: 3, seed: 0 };
        expect(() => makeBatches(corpus as unknown as Int32Array, options)).toThrow(TypeError);
      },
    );

    it.each([Uint32Array, Uint16Array, Uint8Array])("takes a stream as %o, and gives the same Int32Arrays", (type) => {
      const options = { batchSize: 2, numSteps: 5, seed: 3 };
      const batches = makeBatches(type.from(positions(100)), options);
      expect([...batches.epoch(1)]).toEqual([...makeBatches(positions(100), options).epoch(1)]);
    });
  });
}

function positions(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i);
}

function firstOfRows({ inputs, shape: [rows, steps] }: Batch): number[] {
  return Array.from({ length: rows }, (_, row) => inputs[row * steps]!);
}

function lastOfRows({ inputs, shape: [rows, steps] }: Batch): number[] {
  return Array.from({ length: rows }, (_, row) => inputs[(row + 1) * steps - 1]!);
}
