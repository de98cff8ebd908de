import { shuffle, xoshiro128 } from "@rnnkit/random";
import { checkSeed } from "./check-draws.ts";
import { range } from "./range.ts";
import { splitSizes } from "./split-sizes.ts";

/**
 * Splits separate examples at random, each into one part, in which they keep their order. Which example goes where
 * depends on their number and the options alone, so arrays side by side (sequences and their labels) are split alike by
 * the same call for each.
 *
 * @param examples borrowed; the parts hold its items, not copies.
 * @param options seed from 0 to 4294967295; validationFraction and testFraction of the examples, each rounded down;
 *   testFraction is 0 by default.
 * @throws RangeError when a fraction is not from 0 to below 1, or both together are not, or `seed` is out of range.
 */
export function splitExamples<Example>(
  examples: readonly Example[],
  { validationFraction, testFraction = 0, seed }: { validationFraction: number; testFraction?: number; seed: number },
): { train: Example[]; validation: Example[]; test: Example[] } {
  checkSeed("splitExamples", seed);
  const { numTrain, numValidation } = splitSizes("splitExamples", examples.length, {
    validationFraction,
    testFraction,
  });
  const order = range(examples.length);
  shuffle(xoshiro128(seed), order);
  const part = (start: number, end?: number) => Array.from(order.slice(start, end).sort(), (i) => examples[i]!);
  return {
    train: part(0, numTrain),
    validation: part(numTrain, numTrain + numValidation),
    test: part(numTrain + numValidation),
  };
}
