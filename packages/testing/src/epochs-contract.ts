import { type Batches, positionedBatches } from "@rnnkit/samplers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

interface Options {
  readonly batchSize: number;
  readonly seed: number;
}

const NUM_EPOCHS = 3;

/**
 * What every {@link Batches} promises, whatever its batches hold, as tests.
 *
 * @param makeBatches at least 3 batches in each epoch.
 * @param options isRandom: whether epochs and seeds differ from each other; default true.
 */
export function epochsContract<B extends object>(
  name: string,
  makeBatches: (options: Options) => Batches<B>,
  { isRandom = true }: { isRandom?: boolean } = {},
): void {
  const options = { batchSize: 3, seed: 11 };

  describe(`${name} keeps the contract of epochs`, () => {
    it("length is the number of batches, and at(i) is the batch that iteration gives there", () => {
      const epoch = makeBatches(options).epoch(2);
      const batches = [...epoch];
      expect(batches.length).toBe(epoch.length);
      expect(epoch.length).toBeGreaterThanOrEqual(3);
      expect(batches.map((_, i) => epoch.at(i))).toEqual(batches);
      expect(epoch.at(-1)).toEqual(batches.at(-1));
      expect([epoch.at(epoch.length), epoch.at(-epoch.length - 1)]).toEqual([undefined, undefined]);
    });

    it("an epoch iterates again identically, side by side too, though the consumer overwrites what it got", () => {
      const epoch = makeBatches(options).epoch(4);
      const expected = structuredClone([...epoch]);
      for (const batch of epoch) {
        const [other] = epoch;
        expect(other).toEqual(expected[0]);
        for (const array of Object.values(batch)) if (ArrayBuffer.isView(array)) (array as Int32Array).fill(-1);
      }
      expect([...epoch]).toEqual(expected);
    });

    it("epoch(n) depends on the options and n alone, not on the epochs asked for before", () => {
      const forwards = makeBatches(options);
      const backwards = makeBatches(options);
      const expected = [0, 1, 2, 3].map((index) => [...forwards.epoch(index)]);
      const reversed = [3, 2, 1, 0].map((index) => [...backwards.epoch(index)]);
      expect(reversed.reverse()).toEqual(expected);
    });

    it(`epochs ${isRandom ? "and seeds differ" : "are all the same"}`, () => {
      const contents = (seed: number, index: number): string =>
        JSON.stringify([...makeBatches({ ...options, seed }).epoch(index)]);
      const ofEpochs = new Set([0, 1, 2, 3, 4, 5].map((index) => contents(1, index)));
      const ofSeeds = new Set([0, 1, 2, 3, 4, 5].map((seed) => contents(seed, 1)));
      expect([ofEpochs.size > 1, ofSeeds.size > 1]).toEqual([isRandom, isRandom]);
    });

    it("positionedBatches from any saved position, in the middle of any epoch, goes on exactly", () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.nat(), fc.nat(), (seed, at, again) => {
          const run = (start?: string) => [
            ...positionedBatches(makeBatches({ batchSize: 3, seed }), {
              numEpochs: NUM_EPOCHS,
              ...(start !== undefined && { start: JSON.parse(start) }),
            }),
          ];
          const unbroken = run();
          const numDone = (at % unbroken.length) + 1;
          const resumed = run(JSON.stringify(unbroken[numDone - 1]!.next));
          expect(resumed).toEqual(unbroken.slice(numDone));
          if (resumed.length === 0) return;
          const numMore = (again % resumed.length) + 1;
          expect(run(JSON.stringify(resumed[numMore - 1]!.next))).toEqual(unbroken.slice(numDone + numMore));
        }),
        { numRuns: 30 },
      );
    });

    it.each([-1, 0.5, NaN])("epoch(%s) throws a RangeError", (index) => {
      const batches = makeBatches(options);
      expect(() => batches.epoch(index)).toThrow(
        new RangeError(`Batches.epoch: index must be a non-negative integer, got ${index}`),
      );
    });
  });
}
