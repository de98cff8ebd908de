import type { Benchmark } from "./benchmark.ts";
import { beamSearches } from "./benchmarks/beam-search.ts";
import { bootstrap, corpusBleu, corpusChrf, corpusTer } from "./benchmarks/metrics.ts";
import { nextToken } from "./benchmarks/next-token.ts";
import { trainingStep } from "./benchmarks/training-step.ts";

/** Every benchmark by its name. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  "training-step": trainingStep,
  bleu: corpusBleu,
  chrf: corpusChrf,
  ter: corpusTer,
  bootstrap,
  ...nextToken,
  ...beamSearches,
};
