import type { Benchmark } from "./benchmark.ts";
import { pairBatching, randomBatching, windowBatching } from "./benchmarks/batching.ts";
import { backendStart } from "./benchmarks/backend-start.ts";
import { memory } from "./benchmarks/memory.ts";
import { bootstrap, corpusBleu, corpusChrf, corpusTer } from "./benchmarks/metrics.ts";
import { bookSettings } from "./benchmarks/book-settings.ts";
import { encoderDecoders } from "./benchmarks/encoder-decoder.ts";
import { generation } from "./benchmarks/generation.ts";
import { trainingSteps } from "./benchmarks/training-step.ts";
import { beamSearches } from "./benchmarks/beam-search.ts";
import { nextToken } from "./benchmarks/next-token.ts";
import { trainingLoop } from "./benchmarks/training-loop.ts";
import { fusedMultiplyAdd } from "./benchmarks/fused-multiply-add.ts";
import { bpeEncoding, bpeTraining } from "./benchmarks/byte-pairs.ts";
import { textStreaming } from "./benchmarks/text-stream.ts";
import {
  prepareTimeMachineCharacters,
  prepareTimeMachineWords,
  prepareWikiTextCharacters,
  prepareWikiTextWords,
  vocabularyLookup,
} from "./benchmarks/text.ts";

/** Every benchmark by its name. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ...trainingSteps,
  ...encoderDecoders,
  ...bookSettings,
  "training-loop": trainingLoop,
  "fused-multiply-add": fusedMultiplyAdd,
  generation,
  "backend-start": backendStart,
  memory,
  bleu: corpusBleu,
  chrf: corpusChrf,
  ter: corpusTer,
  bootstrap,
  "random-batches": randomBatching,
  "window-batches": windowBatching,
  "pair-batches": pairBatching,
  ...nextToken,
  ...beamSearches,
  "bpe-training": bpeTraining,
  "bpe-encoding": bpeEncoding,
  "time-machine-words": prepareTimeMachineWords,
  "time-machine-characters": prepareTimeMachineCharacters,
  "wikitext-2-words": prepareWikiTextWords,
  "wikitext-2-characters": prepareWikiTextCharacters,
  "vocabulary-lookup": vocabularyLookup,
  "text-stream": textStreaming,
};
