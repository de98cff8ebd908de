import { type Generator, deriveSeed, xoshiro128 } from "@rnnkit/random";
import type { Batches } from "./batch.ts";
import type { BatchPlan } from "./batch-plan.ts";
import { checkCorpus } from "./check-corpus.ts";
import { checkPositiveInteger } from "./check-positive-integer.ts";
import { plannedEpoch } from "./planned-epoch.ts";

/** How a token stream is cut into batches. */
export interface SamplerOptions {
  /** B, the rows of a batch. */
  readonly batchSize: number;
  /** T, the tokens of a row. */
  readonly numSteps: number;
  /** 0 to 4294967295. */
  readonly seed: number;
}

/**
 * Batches whose epochs are partitions drawn from a seed; `minLength` tokens give at least one batch, whatever is drawn.
 */
export function seededBatches(
  corpus: Int32Array,
  {
    caller,
    partition,
    minLength,
    batchSize,
    numSteps,
    seed,
  }: SamplerOptions & {
    caller: string;
    partition: (generator: Generator, length: number, options: { batchSize: number; numSteps: number }) => BatchPlan[];
    minLength: number;
  },
): Batches {
  checkCorpus(caller, corpus);
  checkPositiveInteger(caller, "batchSize", batchSize);
  checkPositiveInteger(caller, "numSteps", numSteps);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`${caller}: seed must be an integer from 0 to 4294967295, got ${seed}`);
  }
  if (corpus.length < minLength) {
    throw new RangeError(
      `${caller}: corpus must hold at least ${minLength} tokens for batchSize ${batchSize} and numSteps ${numSteps}, ` +
        `got ${corpus.length}`,
    );
  }
  return {
    epoch(index) {
      if (!Number.isSafeInteger(index) || index < 0) {
        throw new RangeError(`Batches.epoch: index must be a non-negative integer, got ${index}`);
      }
      const generator = xoshiro128(deriveSeed(seed, index));
      return plannedEpoch(corpus, partition(generator, corpus.length, { batchSize, numSteps }));
    },
  };
}
