import type { Generator } from "@rnnkit/random";
import type { Batches } from "../batches.ts";
import { checkDraws } from "../check-draws.ts";
import { checkPositiveInteger } from "../check-positive-integer.ts";
import { type EpochDraws, drawnEpochs } from "../drawn-epochs.ts";
import type { BatchPlan } from "./batch-plan.ts";
import { plannedEpoch } from "./planned-epoch.ts";
import { checkCorpus, type TokenStream } from "./token-stream.ts";

/** How a token stream is cut into batches. */
export interface SamplerOptions {
  /** B, the rows of a batch. */
  readonly batchSize: number;
  /** T, the tokens of a row. */
  readonly numSteps: number;
  /** 0 to 4294967295. */
  readonly seed: number;
  /** Default "independent"; with "consecutive" the epochs are those of d2l 0.17 after `random.seed(seed)`. */
  readonly draws?: EpochDraws;
}

/**
 * Batches whose epochs are partitions drawn from a seed; `minLength` tokens give at least one batch, whatever is drawn.
 */
export function partitionedBatches(
  corpus: TokenStream,
  {
    caller,
    partition,
    minLength,
    batchSize,
    numSteps,
    seed,
    draws = "independent",
  }: SamplerOptions & {
    caller: string;
    partition: (generator: Generator, length: number, options: { batchSize: number; numSteps: number }) => BatchPlan[];
    minLength: number;
  },
): Batches {
  checkCorpus(caller, corpus);
  checkPositiveInteger(caller, "batchSize", batchSize);
  checkPositiveInteger(caller, "numSteps", numSteps);
  checkDraws(caller, { seed, draws });
  if (corpus.length < minLength) {
    throw new RangeError(
      `${caller}: corpus must hold at least ${minLength} tokens for batchSize ${batchSize} and numSteps ${numSteps}, ` +
        `got ${corpus.length}`,
    );
  }
  return drawnEpochs({ seed, draws }, (generator) =>
    plannedEpoch(corpus, partition(generator, corpus.length, { batchSize, numSteps })),
  );
}
