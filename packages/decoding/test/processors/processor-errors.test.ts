import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import {
  badWords,
  encoderNgramBlocking,
  encoderRepetitionPenalty,
  epsilonWarper,
  etaWarper,
  exponentialLengthDecay,
  forcedBegin,
  forcedEnd,
  frequencyPenalty,
  greedy,
  greedyChoice,
  hammingDiversity,
  type LogitsProcessor,
  minNewTokens,
  minPWarper,
  minTotalLength,
  multinomialChoice,
  ngramBlocking,
  prefixAllowedTokens,
  presencePenalty,
  repetitionPenalty,
  sequenceBias,
  standardProcessors,
  suppressedAtBegin,
  suppressedTokens,
  tableStepper,
  temperatureWarper,
  topHWarper,
  topKWarper,
  topPWarper,
  typicalWarper,
} from "../../src/index.ts";
import { processorContext } from "./processor-context.ts";

const source = [0];

const whenMade: [() => unknown, string][] = [
  [() => temperatureWarper(0), "temperatureWarper: temperature must be positive and finite, got 0"],
  [() => temperatureWarper(-1), "temperatureWarper: temperature must be positive and finite, got -1"],
  [() => temperatureWarper(NaN), "temperatureWarper: temperature must be positive and finite, got NaN"],
  [() => temperatureWarper(Infinity), "temperatureWarper: temperature must be positive and finite, got Infinity"],
  [() => topKWarper(0), "topKWarper: k must be a positive integer, got 0"],
  [() => topKWarper(1.5), "topKWarper: k must be a positive integer, got 1.5"],
  [() => topKWarper(1, { minTokensToKeep: 0 }), "topKWarper: minTokensToKeep must be a positive integer, got 0"],
  [() => topPWarper(1, { filterValue: NaN }), "topPWarper: filterValue must be finite or -Infinity, got NaN"],
  [() => topPWarper(-0.1), "topPWarper: p must lie from 0 to 1, got -0.1"],
  [() => topPWarper(1.1), "topPWarper: p must lie from 0 to 1, got 1.1"],
  [() => topPWarper(NaN), "topPWarper: p must lie from 0 to 1, got NaN"],
  [() => minPWarper(2), "minPWarper: p must lie from 0 to 1, got 2"],
  [() => typicalWarper(0), "typicalWarper: mass must lie between 0 and 1, got 0"],
  [() => typicalWarper(1), "typicalWarper: mass must lie between 0 and 1, got 1"],
  [() => epsilonWarper(0), "epsilonWarper: epsilon must lie between 0 and 1, got 0"],
  [() => etaWarper(1), "etaWarper: epsilon must lie between 0 and 1, got 1"],
  [() => topHWarper(0), "topHWarper: h must be above 0 and at most 1, got 0"],
  [() => topHWarper(1.01), "topHWarper: h must be above 0 and at most 1, got 1.01"],
  [() => repetitionPenalty(0), "repetitionPenalty: penalty must be positive and finite, got 0"],
  [
    () => repetitionPenalty(1, { ignoredLength: -1 }),
    "repetitionPenalty: ignoredLength must be a non-negative integer, got -1",
  ],
  [
    () => repetitionPenalty(1, { source: [0, -1] }),
    "repetitionPenalty: source must hold ids from 0 to 2147483647, got -1 at index 1",
  ],
  [
    () => encoderRepetitionPenalty(-2, { source }),
    "encoderRepetitionPenalty: penalty must be positive and finite, got -2",
  ],
  [() => presencePenalty(Infinity), "presencePenalty: penalty must be finite, got Infinity"],
  [() => frequencyPenalty(NaN), "frequencyPenalty: penalty must be finite, got NaN"],
  [() => hammingDiversity(NaN), "hammingDiversity: penalty must be finite, got NaN"],
  [() => ngramBlocking(0), "ngramBlocking: size must be a positive integer, got 0"],
  [() => encoderNgramBlocking(0.5, { source }), "encoderNgramBlocking: size must be a positive integer, got 0.5"],
  [
    () => sequenceBias([{ tokens: [0], bias: Infinity }]),
    "sequenceBias: bias must be finite or -Infinity, got Infinity",
  ],
  [
    () =>
      sequenceBias([
        { tokens: [0], bias: 1 },
        { tokens: [], bias: 1 },
      ]),
    "sequenceBias: tokens must not be empty, got an empty one at index 1",
  ],
  [() => badWords([[]]), "badWords: words must not be empty, got an empty one at index 0"],
  [() => badWords([[0.5]]), "badWords: words must hold ids from 0 to 2147483647, got 0.5 at index 0"],
  [() => minTotalLength(-1), "minTotalLength: length must be a non-negative integer, got -1"],
  [() => minNewTokens(1.5), "minNewTokens: count must be a non-negative integer, got 1.5"],
  [() => forcedBegin(-1), "forcedBegin: token must hold ids from 0 to 2147483647, got -1 at index 0"],
  [
    () => exponentialLengthDecay({ start: -1, factor: 2 }),
    "exponentialLengthDecay: start must be a non-negative integer, got -1",
  ],
  [
    () => exponentialLengthDecay({ start: 1, factor: 0 }),
    "exponentialLengthDecay: factor must be positive and finite, got 0",
  ],
  [
    () => suppressedAtBegin([0], { position: -1 }),
    "suppressedAtBegin: position must be a non-negative integer, got -1",
  ],
  [
    () => standardProcessors({ encoderNgramBlocking: 2 }),
    "standardProcessors: source must be given for encoderNgramBlocking, got none",
  ],
  [() => standardProcessors({ topK: 0 }), "topKWarper: k must be a positive integer, got 0"],
];

const whenRun: [LogitsProcessor, string][] = [
  [suppressedTokens([1, 3]), "suppressedTokens: tokens must hold ids from 0 to 2, got 3 at index 1"],
  [badWords([[0], [0, 3]]), "badWords: words must hold ids from 0 to 2, got 3 at index 1"],
  [sequenceBias([{ tokens: [9], bias: 1 }]), "sequenceBias: tokens must hold ids from 0 to 2, got 9 at index 0"],
  [forcedBegin(3), "forcedBegin: token must hold ids from 0 to 2, got 3 at index 0"],
  [repetitionPenalty(2, { source: [3] }), "repetitionPenalty: source must hold ids from 0 to 2, got 3 at index 0"],
  [
    encoderNgramBlocking(2, { source: [3] }),
    "encoderNgramBlocking: source must hold ids from 0 to 2, got 3 at index 0",
  ],
  [prefixAllowedTokens(() => []), "prefixAllowedTokens: allowed must return an id, got none"],
  [prefixAllowedTokens(() => [0, 3]), "prefixAllowedTokens: allowed must return ids from 0 to 2, got 3 at index 1"],
  [forcedEnd(), "forcedEnd: endTokens must hold an id, got none"],
  [minNewTokens(5), "minNewTokens: count must be at most maxLength 4, got 5"],
];

const stepper = tableStepper([
  [0, 1, 2],
  [2, 1, 0],
  [1, 1, 1],
]);

describe("bad input", () => {
  it.each(whenMade)("%s throws: %s", (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });

  it.each(whenRun.map(([process, message]) => [message, process] as const))(
    "a processor throws: %s",
    (message, process) => {
      const context = processorContext({ maxLength: 4 });
      for (const _ of ["once", "again"]) {
        expect(() => process(new Float32Array(3), context)).toThrow(new RangeError(message));
      }
    },
  );

  const contradictions: [string, LogitsProcessor[]][] = [
    ["all tokens suppressed", [suppressedTokens([0, 1, 2])]],
    ["the forced first token suppressed", [forcedBegin(1), suppressedTokens([1])]],
    ["only an end token allowed, and none yet", [minNewTokens(2), prefixAllowedTokens(() => [0])]],
    ["every token seen, and none repeated", [ngramBlocking(1)]],
  ];
  it.each(contradictions)("greedy(stepper, { processors }) throws with %s", async (_, processors) => {
    const options = { prompt: [0, 1, 2], maxLength: 4, endTokens: [0], processors };
    await expect(greedy(stepper, options)).rejects.toThrow(
      new RangeError("greedy: constraints and processors must leave a token possible, got none as generated token 1"),
    );
  });

  it("choices throw for NaN that a processor made, and say where", () => {
    const scores = Float32Array.of(0, 1, 2);
    scores[1] = NaN;
    temperatureWarper(2)(scores, processorContext());
    topPWarper(0.5)(scores, processorContext());
    for (const choose of [greedyChoice, multinomialChoice({ generator: xoshiro128(1) })]) {
      expect(() => choose(scores)).toThrow("logits must be finite or -Infinity, got NaN at index 1");
    }
  });
});
