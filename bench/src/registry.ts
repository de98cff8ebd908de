import type { Benchmark } from "./benchmark.ts";
import { bpeEncoding, bpeTraining } from "./benchmarks/byte-pairs.ts";
import { bootstrap, corpusBleu, corpusChrf, corpusTer } from "./benchmarks/metrics.ts";
import { trainingStep } from "./benchmarks/training-step.ts";

/** Every benchmark by its name. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  "training-step": trainingStep,
  bleu: corpusBleu,
  chrf: corpusChrf,
  ter: corpusTer,
  bootstrap,
  "bpe-training": bpeTraining,
  "bpe-encoding": bpeEncoding,
};
