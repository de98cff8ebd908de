import { paddingShare, seq2seqBatches } from "@rnnkit/samplers";
import { batchingJob, type BatchingJob, type BatchingStep, type BatchingTask } from "../batching-job.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine, type Measured } from "../measure.ts";
import { PAIRS_ORIGIN } from "../pair-lengths.ts";
import { rnnkitSamplersEngine } from "../rnnkit-samplers-engine.ts";
import { torchBatchingEngine, type TorchBatching } from "../torch-batching-engine.ts";
import { leftOut } from "../left-out.ts";

/** The ways of PyTorch, the usual one first: it is the baseline. */
const TORCH_WAYS: Readonly<Record<BatchingTask, readonly TorchBatching[]>> = {
  "random-batches": ["iterator", "indexing"],
  "window-batches": ["DataLoader", "indexing"],
  "pair-batches": ["DataLoader"],
};

/** How many batches of pairs are sorted together. */
const BUCKET_BATCHES = 100;

export const randomBatching: Benchmark = (options) => batching("random-batches", options);
export const windowBatching: Benchmark = (options) => batching("window-batches", options);
export const pairBatching: Benchmark = (options) => batching("pair-batches", options);

async function batching(task: BatchingTask, { isSmoke, python, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  const job = batchingJob(task, { isSmoke });
  const engines: Engine<BatchingStep>[] = [rnnkitSamplersEngine(job, { name: "rnnkit", bucketBatches: 1 })];
  if (task === "pair-batches") {
    engines.push(rnnkitSamplersEngine(job, { name: "rnnkit in buckets", bucketBatches: BUCKET_BATCHES }));
  }
  try {
    for (const way of TORCH_WAYS[task]) {
      const engine = await torchBatchingEngine(job, { python, way });
      if (!engine) {
        note(leftOut("PyTorch", python));
        break;
      }
      engines.push(engine);
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkSums(measured);
    const numTokens = measured[0]!.steps[0]!.sums.numTargets;
    return {
      job: `an epoch of ${TITLES[task](job)} (${numTokens} targets)`,
      numTokens,
      baseline: engines.find(({ name }) => name.startsWith("PyTorch"))?.name ?? "rnnkit",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

const TITLES: Readonly<Record<BatchingTask, (job: BatchingJob) => string>> = {
  "random-batches": ({ corpus, batchSize, numSteps }) =>
    `random partitioning of ${corpus.length} tokens, ${batchSize} x ${numSteps}`,
  "window-batches": ({ corpus, batchSize, numSteps }) =>
    `all shuffled windows of ${corpus.length} tokens, ${batchSize} x ${numSteps}`,
  "pair-batches": (job) =>
    `${job.sources.length} pairs, ${PAIRS_ORIGIN}, ${job.batchSize} a batch, padding ${percent(job, 1)} %, ` +
    `in buckets of ${BUCKET_BATCHES} batches ${percent(job, BUCKET_BATCHES)} %`,
};

function percent({ batchSize, seed, ...pairs }: BatchingJob, bucketBatches: number): string {
  const padding = { padId: 0 };
  const batches = seq2seqBatches(pairs, { batchSize, seed, bucketBatches, source: padding, target: padding });
  return (100 * paddingShare(batches.epoch(0))).toFixed(1);
}

/** Throws unless all engines have the same ids in epoch 0. */
export function checkSums(measured: readonly Measured<BatchingStep>[]): void {
  const [first, ...others] = measured.map(({ engine, steps }) => ({ name: engine.name, sums: steps[0]!.sums }));
  for (const { name, sums } of others) {
    for (const what of ["numTargets", "inputs", "targets"] as const) {
      if (sums[what] !== first!.sums[what]) {
        throw new Error(
          `${what} must sum up to the same, ${first!.name} got ${first!.sums[what]}, ${name} got ${sums[what]}`,
        );
      }
    }
  }
}
