import { checkDraws } from "./check-draws.ts";
import { checkPositiveInteger } from "./check-positive-integer.ts";
import type { EpochDraws } from "./drawn-epochs.ts";

/** How separate examples are grouped into batches. */
export interface ExampleOptions {
  /** B, the rows of a batch. */
  readonly batchSize: number;
  /** 0 to 4294967295; each epoch is shuffled anew. Default: none, every epoch has the examples in their order. */
  readonly seed?: number;
  /** Default "independent"; with "consecutive" epochs are shuffled as Python's `random.shuffle` does after `random.seed(seed)`. */
  readonly draws?: EpochDraws;
  /** Whether the examples that are left at the end of an epoch form a batch of fewer rows. Default true. */
  readonly hasPartialBatch?: boolean;
}

/** Throws unless the options are in range and `numExamples`, which are called `name`, fill a batch. */
export function checkExampleOptions(
  caller: string,
  options: ExampleOptions,
  { numExamples, name }: { numExamples: number; name: string },
): void {
  const { batchSize, seed = 0, draws = "independent" } = options;
  checkPositiveInteger(caller, "batchSize", batchSize);
  checkDraws(caller, { seed, draws });
  if (batchSize > numExamples) {
    throw new RangeError(
      `${caller}: batchSize must be at most the number of ${name}, ${numExamples}, got ${batchSize}`,
    );
  }
}
