import type { Benchmark } from "./benchmark.ts";
import { pairBatching, randomBatching, windowBatching } from "./benchmarks/batching.ts";
import { bootstrap, corpusBleu, corpusChrf, corpusTer } from "./benchmarks/metrics.ts";
import { generation } from "./benchmarks/generation.ts";
import { trainingSteps } from "./benchmarks/training-step.ts";
import { beamSearches } from "./benchmarks/beam-search.ts";
import { nextToken } from "./benchmarks/next-token.ts";

/** Every benchmark by its name. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ...trainingSteps,
  generation,
  bleu: corpusBleu,
  chrf: corpusChrf,
  ter: corpusTer,
  bootstrap,
  "random-batches": randomBatching,
  "window-batches": windowBatching,
  "pair-batches": pairBatching,
  ...nextToken,
  ...beamSearches,
};
