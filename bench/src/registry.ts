import type { Benchmark } from "./benchmark.ts";
import { bpeEncoding, bpeTraining } from "./benchmarks/byte-pairs.ts";
import { bootstrap, corpusBleu, corpusChrf, corpusTer } from "./benchmarks/metrics.ts";
import { textStreaming } from "./benchmarks/text-stream.ts";
import {
  prepareTimeMachineCharacters,
  prepareTimeMachineWords,
  prepareWikiTextCharacters,
  prepareWikiTextWords,
  vocabularyLookup,
} from "./benchmarks/text.ts";
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
  "time-machine-words": prepareTimeMachineWords,
  "time-machine-characters": prepareTimeMachineCharacters,
  "wikitext-2-words": prepareWikiTextWords,
  "wikitext-2-characters": prepareWikiTextCharacters,
  "vocabulary-lookup": vocabularyLookup,
  "text-stream": textStreaming,
};
