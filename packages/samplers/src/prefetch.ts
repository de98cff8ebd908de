import { checkPositiveInteger } from "./check-positive-integer.ts";

/**
 * Reads ahead of its consumer: while the consumer works on an item, the next ones are fetched from the source, one at a
 * time, until `capacity` of them wait. Every item arrives once and in order, and an error of the source after all items
 * before it. Leaving the loop, or `return()`, drops what waits, ends calls of `next()` that are pending, and returns the
 * source, of which nothing is heard after that.
 *
 * Only a source that waits for something (a file, a worker, a network) gains by it. To resume where the consumer was, not
 * the source, fetch `positionedBatches`, whose positions travel with the batches.
 *
 * @param source read from the first `next()` on; iterated again when the result is.
 * @param options capacity, how many items may wait.
 * @throws RangeError when `capacity` is not a positive integer.
 */
export function prefetch<T>(
  source: AsyncIterable<T> | Iterable<T>,
  { capacity }: { capacity: number },
): AsyncIterable<T> {
  checkPositiveInteger("prefetch", "capacity", capacity);
  return {
    [Symbol.asyncIterator]: () =>
      readAhead(Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator](), capacity),
  };
}

interface Consumer<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

function readAhead<T>(source: AsyncIterator<T> | Iterator<T>, capacity: number): AsyncIterator<T, undefined> {
  const done = { done: true, value: undefined } as const;
  const items: T[] = [];
  const consumers: Consumer<T>[] = []; // where there are any, no item waits
  let failure: { readonly error: unknown } | undefined;
  let isFetching = false;
  let hasEnded = false;

  async function fetch(): Promise<void> {
    if (isFetching) return;
    isFetching = true;
    while (!hasEnded && items.length < capacity) {
      try {
        const result = await source.next();
        if (hasEnded) break;
        const consumer = result.done ? undefined : consumers.shift();
        if (result.done) end();
        else if (consumer) consumer.resolve({ done: false, value: result.value });
        else items.push(result.value);
      } catch (error) {
        if (!hasEnded) end({ error });
      }
    }
    isFetching = false;
  }

  function end(reason?: { readonly error: unknown }): void {
    hasEnded = true;
    const consumer = reason && consumers.shift();
    if (consumer) consumer.reject(reason.error);
    else failure = reason;
    for (const { resolve } of consumers.splice(0)) resolve(done);
  }

  return {
    async next() {
      if (items.length > 0) {
        const value = items.shift()!;
        void fetch();
        return { done: false, value };
      }
      if (failure) {
        const { error } = failure;
        failure = undefined;
        throw error;
      }
      if (hasEnded) return done;
      return new Promise((resolve, reject) => {
        consumers.push({ resolve, reject });
        void fetch();
      });
    },
    async return() {
      items.length = 0;
      failure = undefined;
      if (!hasEnded) {
        end();
        await source.return?.();
      }
      return done;
    },
  };
}
