import { integer, xoshiro128 } from "@rnnkit/random";
import type { Step } from "./measure.ts";
import { pairLengths } from "./pair-lengths.ts";

export type BatchingTask = "random-batches" | "window-batches" | "pair-batches";

/** One epoch of batches, made and dropped. Ids are made up, from 1 on: what they are costs nothing, and 0 pads. */
export interface BatchingJob {
  readonly task: BatchingTask;
  readonly batchSize: number;
  /** Of the batches of a stream. */
  readonly numSteps: number;
  readonly seed: number;
  /** A token stream. */
  readonly corpus: readonly number[];
  /** Pairs of sequences. */
  readonly sources: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** What all engines must agree on for epoch 0, in whatever order they go: how many targets there are, and sums of ids. */
export interface EpochSums {
  readonly numTargets: number;
  readonly inputs: number;
  readonly targets: number;
}

export interface BatchingStep extends Step {
  readonly sums: EpochSums;
}

/** Characters of the Time Machine as d2l has them. */
const NUM_CHARACTERS = 170_580;

export function batchingJob(task: BatchingTask, { isSmoke }: { readonly isSmoke: boolean }): BatchingJob {
  const generator = xoshiro128(1);
  const ids = (length: number) => Array.from({ length }, () => 1 + integer(generator, 27));
  const lengths = task === "pair-batches" ? pairLengths().slice(0, isSmoke ? 50 : undefined) : [];
  const sizes = {
    "random-batches": { batchSize: 32, numSteps: 35 },
    "window-batches": { batchSize: 1024, numSteps: 32 },
    "pair-batches": { batchSize: 64, numSteps: 0 },
  };
  return {
    task,
    ...sizes[task],
    ...(isSmoke && { batchSize: 4 }),
    seed: 12345,
    corpus: task === "pair-batches" ? [] : ids(isSmoke ? 500 : NUM_CHARACTERS),
    sources: lengths.map(([length]) => ids(length)),
    targets: lengths.map(([, length]) => ids(length)),
  };
}
