import { type Batches, randomBatches, seq2seqBatches, windowBatches } from "@rnnkit/samplers";
import type { BatchingJob, BatchingStep } from "./batching-job.ts";
import type { Engine } from "./measure.ts";

interface AnyBatch {
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
  readonly sources?: Int32Array;
  readonly lengths?: Int32Array;
}

/** The job by `@rnnkit/samplers`, an epoch an iteration. */
export function rnnkitSamplersEngine(
  job: BatchingJob,
  { name, bucketBatches }: { readonly name: string; readonly bucketBatches: number },
): Engine<BatchingStep> {
  const batches = makeBatches(job, bucketBatches);
  const sums = { numTargets: 0, inputs: 0, targets: 0 };
  for (const { inputs, targets, sources, lengths } of batches.epoch(0)) {
    sums.numTargets += lengths ? sum(lengths) : targets.length;
    sums.inputs += sum(sources ?? inputs);
    sums.targets += sum(targets);
  }
  let index = 0;
  return {
    name,
    threads: 1,
    async activate() {},
    async step() {
      const startMs = performance.now();
      let numCells = 0;
      for (const { targets } of batches.epoch(index)) numCells += targets.length;
      const ms = performance.now() - startMs;
      if (numCells < sums.numTargets) throw new Error(`epoch ${index} must have all targets, got ${numCells} cells`);
      index++;
      return { ms, sums };
    },
    async dispose() {},
  };
}

function makeBatches(
  { task, batchSize, numSteps, seed, ...data }: BatchingJob,
  bucketBatches: number,
): Batches<AnyBatch> {
  const padding = { padId: 0 };
  switch (task) {
    case "random-batches":
      return randomBatches(Int32Array.from(data.corpus), { batchSize, numSteps, seed, draws: "consecutive" });
    case "window-batches":
      return windowBatches(Int32Array.from(data.corpus), { batchSize, numSteps, seed });
    case "pair-batches":
      return seq2seqBatches(data, { batchSize, seed, bucketBatches, source: padding, target: padding });
  }
}

function sum(ids: Int32Array): number {
  let total = 0;
  for (const id of ids) total += id;
  return total;
}
