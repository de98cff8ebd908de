import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { positionedBatches, prefetch, randomBatches } from "../src/index.ts";

/** A source that is asked for its items one by one, and remembers what was asked of it. */
function countingSource(numItems: number, { failsAt = Infinity }: { failsAt?: number } = {}) {
  const asked = { items: 0, overlapping: 0, returns: 0 };
  let isBusy = false;
  const source: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => {
      let item = 0;
      return {
        async next() {
          if (isBusy) asked.overlapping++;
          isBusy = true;
          asked.items++;
          await sleep(0);
          isBusy = false;
          if (item === failsAt) throw new Error(`item ${item} is broken`);
          return item < numItems ? { done: false, value: item++ } : { done: true, value: undefined };
        },
        async return() {
          asked.returns++;
          return { done: true, value: undefined };
        },
      };
    },
  };
  return { source, asked };
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected = [];
  for await (const item of items) collected.push(item);
  return collected;
};

describe("prefetch(source, { capacity })", () => {
  it("gives every item once and in order, however fast source and consumer are", async () => {
    const delays = fc.array(fc.constantFrom(undefined, 0, 1), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 5 }), delays, async (ofSource, capacity, ofConsumer) => {
        async function* source() {
          for (const [i, delay] of ofSource.entries()) {
            if (delay !== undefined) await sleep(delay);
            yield i;
          }
        }
        const collected = [];
        for await (const item of prefetch(source(), { capacity })) {
          const delay = ofConsumer[item];
          if (delay !== undefined) await sleep(delay);
          collected.push(item);
        }
        expect(collected).toEqual([...ofSource.keys()]);
      }),
      { numRuns: 50 },
    );
  });

  it.each([1, 2, 5])("fetches one at a time, and %i items ahead of the consumer but no more", async (capacity) => {
    const { source, asked } = countingSource(20);
    const items = prefetch(source, { capacity })[Symbol.asyncIterator]();
    await sleep(5);
    expect(asked.items).toBe(0);
    for (let taken = 1; taken <= 4; taken++) {
      expect(await items.next()).toEqual({ done: false, value: taken - 1 });
      await vi.waitFor(() => expect(asked.items).toBe(taken + capacity));
      await sleep(10);
      expect(asked.items).toBe(taken + capacity);
    }
    expect(asked.overlapping).toBe(0);
  });

  it("works on the next item while the consumer works on this one", async () => {
    const events: string[] = [];
    async function* source() {
      for (let i = 0; i < 3; i++) {
        events.push(`fetch ${i}`);
        yield i;
      }
    }
    for await (const item of prefetch(source(), { capacity: 1 })) {
      await sleep(5);
      events.push(`done ${item}`);
    }
    expect(events.indexOf("fetch 1")).toBeLessThan(events.indexOf("done 0"));
    expect(events.indexOf("fetch 2")).toBeLessThan(events.indexOf("done 1"));
  });

  it("throws the error of the source after all items before it, once, and has then ended", async () => {
    const { source, asked } = countingSource(9, { failsAt: 3 });
    const items = prefetch(source, { capacity: 5 })[Symbol.asyncIterator]();
    expect((await items.next()).value).toBe(0);
    await sleep(20);
    expect((await items.next()).value).toBe(1);
    expect((await items.next()).value).toBe(2);
    await expect(items.next()).rejects.toThrow("item 3 is broken");
    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(asked).toEqual({ items: 4, overlapping: 0, returns: 0 });
  });

  it("throws the error of the source at the consumer that waits for the item", async () => {
    const { source } = countingSource(9, { failsAt: 1 });
    const items = prefetch(source, { capacity: 1 })[Symbol.asyncIterator]();
    const results = await Promise.allSettled([items.next(), items.next(), items.next()]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[2]).toMatchObject({ value: { done: true } });
  });

  it("answers calls of next() in their order, though they do not wait for each other", async () => {
    const { source, asked } = countingSource(3);
    const items = prefetch(source, { capacity: 2 })[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 5 }, () => items.next()));
    expect(results.map(({ value }) => value)).toEqual([0, 1, 2, undefined, undefined]);
    expect(asked).toEqual({ items: 4, overlapping: 0, returns: 0 });
  });

  it("returns the source when the consumer leaves the loop, and asks it for nothing more", async () => {
    const { source, asked } = countingSource(20);
    for await (const item of prefetch(source, { capacity: 3 })) if (item === 1) break;
    const { items } = asked;
    await sleep(20);
    expect([asked.items, asked.returns]).toEqual([items, 1]);
  });

  it("return() ends the calls of next() that are pending, though the source never answers, and is heard once", async () => {
    let numReturns = 0;
    const silent: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        async return() {
          numReturns++;
          return { done: true, value: undefined };
        },
      }),
    };
    const items = prefetch(silent, { capacity: 2 })[Symbol.asyncIterator]();
    const pending = [items.next(), items.next()];
    const done = { done: true, value: undefined };
    expect([await items.return!(), await items.return!()]).toEqual([done, done]);
    expect(await Promise.all(pending)).toEqual([done, done]);
    expect(await items.next()).toEqual(done);
    expect(numReturns).toBe(1);
  });

  it("return() runs the source's finally block, and throws what that throws", async () => {
    async function* source() {
      try {
        yield 1;
        yield 2;
      } finally {
        await sleep(1);
        // eslint-disable-next-line no-unsafe-finally
        throw new Error("could not close");
      }
    }
    const items = prefetch(source(), { capacity: 1 })[Symbol.asyncIterator]();
    expect((await items.next()).value).toBe(1);
    await expect(items.return!()).rejects.toThrow("could not close");
  });

  it("hears nothing of a source that fails after it was returned", async () => {
    let fail: (error: Error) => void = () => expect.unreachable();
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise((_, reject) => (fail = reject)) }),
    };
    const items = prefetch(source, { capacity: 1 })[Symbol.asyncIterator]();
    const pending = items.next();
    await items.return!();
    fail(new Error("too late"));
    await sleep(1); // an unhandled rejection would fail the run
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  it("drops an item that arrives after the source was returned", async () => {
    let answer = (_item: number): void => expect.unreachable();
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((resolve) => (answer = (value) => resolve({ done: false, value }))),
      }),
    };
    const items = prefetch(source, { capacity: 1 })[Symbol.asyncIterator]();
    const pending = items.next();
    await items.return!();
    answer(7);
    await sleep(1);
    const done = { done: true, value: undefined };
    expect([await pending, await items.next()]).toEqual([done, done]);
  });

  it("of an iterable can be iterated again, empty ones too", async () => {
    const items = prefetch([3, 1, 2], { capacity: 2 });
    expect([await collect(items), await collect(items)]).toEqual([
      [3, 1, 2],
      [3, 1, 2],
    ]);
    expect(await collect(prefetch([], { capacity: 1 }))).toEqual([]);
  });

  it("of positionedBatches resumes where the consumer was, not where the source was", async () => {
    const corpus = Int32Array.from({ length: 60 }, (_, i) => i);
    const batches = randomBatches(corpus, { batchSize: 2, numSteps: 3, seed: 4 });
    const unbroken = [...positionedBatches(batches, { numEpochs: 2 })];
    const seen = [];
    for await (const item of prefetch(positionedBatches(batches, { numEpochs: 2 }), { capacity: 4 })) {
      seen.push(item);
      if (seen.length === 5) break;
    }
    const start = seen.at(-1)!.next;
    seen.push(...(await collect(prefetch(positionedBatches(batches, { start, numEpochs: 2 }), { capacity: 4 }))));
    expect(seen).toEqual(unbroken);
  });

  it.each([0, -1, 1.5, NaN])("throws a RangeError for the capacity %s", (capacity) => {
    expect(() => prefetch([1], { capacity })).toThrow(
      new RangeError(`prefetch: capacity must be a positive integer, got ${capacity}`),
    );
  });
});
