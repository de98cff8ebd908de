import { expectClose, sharedFile } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import {
  badWords,
  encoderNgramBlocking,
  encoderRepetitionPenalty,
  epsilonWarper,
  etaWarper,
  exponentialLengthDecay,
  finiteScores,
  forcedBegin,
  forcedEnd,
  hammingDiversity,
  type LogitsProcessor,
  logNormalization,
  minNewTokens,
  minPWarper,
  minTotalLength,
  ngramBlocking,
  prefixAllowedTokens,
  type ProcessorContext,
  repetitionPenalty,
  sequenceBias,
  suppressedAtBegin,
  suppressedTokens,
  temperatureWarper,
  topHWarper,
  topKWarper,
  topPWarper,
  typicalWarper,
  type WarperOptions,
} from "../../src/index.ts";
import { processorContext } from "./processor-context.ts";

type Params = Record<string, any>;
type Score = number | "NaN" | "Infinity" | "-Infinity";

interface Case {
  processor: string;
  params: Params;
  input_ids: number[][] | null;
  scores: Score[][];
  expected: Score[][];
}

/** Of a row of a batch: which prompt it belongs to. */
type Make = (params: Params, promptIndex: number) => LogitsProcessor;

const keep = ({ filter_value, min_tokens_to_keep }: Params): WarperOptions => ({
  ...(filter_value === undefined ? {} : { filterValue: filter_value }),
  ...(min_tokens_to_keep === undefined ? {} : { minTokensToKeep: min_tokens_to_keep }),
});
const source = (params: Params, promptIndex: number) => ({ source: params["encoder_input_ids"][promptIndex] });

const PROCESSORS: Record<string, Make> = {
  min_length: ({ min_length }) => minTotalLength(min_length),
  min_new_tokens: ({ min_new_tokens }) => minNewTokens(min_new_tokens),
  temperature: ({ temperature }) => temperatureWarper(temperature),
  repetition_penalty: ({ penalty, prompt_ignore_length = 0 }) =>
    repetitionPenalty(penalty, { ignoredLength: prompt_ignore_length }),
  encoder_repetition_penalty: (params, row) => encoderRepetitionPenalty(params["penalty"], source(params, row)),
  top_k: (params) => topKWarper(params["top_k"], keep(params)),
  top_p: (params) => topPWarper(params["top_p"], keep(params)),
  min_p: (params) => minPWarper(params["min_p"], keep(params)),
  typical_p: (params) => typicalWarper(params["typical_p"], keep(params)),
  epsilon_cutoff: (params) => epsilonWarper(params["epsilon_cutoff"], keep(params)),
  eta_cutoff: (params) => etaWarper(params["eta_cutoff"], keep(params)),
  top_h: ({ top_h }) => topHWarper(top_h),
  no_repeat_ngram: ({ ngram_size }) => ngramBlocking(ngram_size),
  encoder_no_repeat_ngram: (params, row) => encoderNgramBlocking(params["ngram_size"], source(params, row)),
  bad_words: ({ bad_words_ids }) => badWords(bad_words_ids),
  sequence_bias: ({ sequence_bias }) =>
    sequenceBias(sequence_bias.map(([tokens, bias]: [number[], number]) => ({ tokens, bias }))),
  prefix_allowed_tokens: ({ allowed }) => prefixAllowedTokens((_, promptIndex) => allowed[promptIndex]),
  forced_bos: ({ bos_token_id }) => forcedBegin(bos_token_id),
  forced_eos: () => forcedEnd(),
  remove_invalid_values: () => finiteScores(),
  exponential_decay_length_penalty: ({ start, factor }) => exponentialLengthDecay({ start, factor }),
  log_normalize: () => logNormalization(),
  suppress_tokens: ({ suppress_tokens }) => suppressedTokens(suppress_tokens),
  suppress_tokens_at_begin: ({ begin_suppress_tokens, begin_index }) =>
    suppressedAtBegin(begin_suppress_tokens, { position: begin_index }),
  hamming_diversity: ({ diversity_penalty }) => hammingDiversity(diversity_penalty),
};

/** The context of the row, in the terms of ours: forced_bos fires after one id, which is the prompt. */
function contextOf({ processor, params, input_ids }: Case, row: number, numBeams: number): ProcessorContext {
  const eos = params["eos_token_id"] ?? [];
  const promptIndex = Math.floor(row / numBeams);
  return processorContext({
    ids: input_ids?.[row] ?? [],
    promptLength: params["prompt_length"] ?? (processor === "forced_bos" ? 1 : 0),
    maxLength: params["max_length"] ?? 1000,
    endTokens: typeof eos === "number" ? [eos] : eos,
    promptIndex,
    earlierGroupTokens:
      processor === "hamming_diversity"
        ? params["current_tokens"].slice(row * numBeams, row * numBeams + params["beam_group_idx"])
        : [],
  });
}

const file = sharedFile("reference/hf_logits_processors.json");
const cases = file.isPresent ? (JSON.parse(file.text()) as { cases: Case[] }).cases : [];

const reason = file.isPresent ? "" : `: ${file.reason}`;

describe.skipIf(!file.isPresent)(`the processors equal the test cases that transformers publishes${reason}`, () => {
  it("the published cases are 62", () => {
    expect(cases).toHaveLength(62);
  });

  it.each(cases.map((published, i) => [i, published.processor, JSON.stringify(published.params), published] as const))(
    "case %i: %s of %s",
    (_, name, __, published) => {
      const numBeams = published.params["num_beams"] ?? 1;
      const actual = published.scores.map((row, r) => {
        const scores = Float32Array.from(row, Number);
        PROCESSORS[name]!(published.params, Math.floor(r / numBeams))(scores, contextOf(published, r, numBeams));
        return scores;
      });
      for (const [r, expected] of published.expected.entries()) expectSame(actual[r]!, expected.map(Number));
    },
  );
});

function expectSame(actual: Float32Array, expected: number[]): void {
  const isFinite = (score: number) => Number.isFinite(score);
  expect(Array.from(actual, (x) => (isFinite(x) ? 0 : x))).toEqual(expected.map((x) => (isFinite(x) ? 0 : x)));
  expectClose(actual.filter(isFinite), expected.filter(isFinite), { tolerance: 1e-6 });
}
