import { describe, expect, it } from "vitest";
import {
  frequencyPenalty,
  type LogitsProcessor,
  minNewTokens,
  prefixAllowedTokens,
  presencePenalty,
  type ProcessorContext,
  repetitionPenalty,
  sequenceBias,
} from "../../src/index.ts";
import { processorContext } from "./processor-context.ts";

interface Row {
  name: string;
  process: LogitsProcessor;
  context?: Partial<Omit<ProcessorContext, "ids">> & { ids?: number[] };
  scores: number[];
  expected: number[];
}

const ids = [0, 1, 1, 2, 2, 2];

// By the formulas of the papers and of OpenAI's reference; transformers has no presence and no frequency penalty.
const rows: Row[] = [
  {
    name: "presencePenalty(0.5) of all ids",
    process: presencePenalty(0.5),
    context: { ids },
    scores: [1, 1, 1, 1],
    expected: [0.5, 0.5, 0.5, 1],
  },
  {
    name: "presencePenalty(0.5) after a prompt",
    process: presencePenalty(0.5),
    context: { ids, promptLength: 3 },
    scores: [1, 1, -1, 1],
    expected: [1, 1, -1.5, 1],
  },
  {
    name: "presencePenalty(-1) before any token",
    process: presencePenalty(-1),
    context: { ids, promptLength: 6 },
    scores: [1, 2],
    expected: [1, 2],
  },
  {
    name: "frequencyPenalty(0.25) of all ids",
    process: frequencyPenalty(0.25),
    context: { ids },
    scores: [1, 1, 1, -Infinity],
    expected: [0.75, 0.5, 0.25, -Infinity],
  },
  {
    name: "frequencyPenalty(-1) after a prompt",
    process: frequencyPenalty(-1),
    context: { ids, promptLength: 4 },
    scores: [0, 0, 0, 0],
    expected: [0, 0, 2, 0],
  },
  {
    name: "repetitionPenalty(2) with a source and exempt ids",
    process: repetitionPenalty(2, { source: [3, 3], exempt: [1] }),
    context: { ids: [0, 1] },
    scores: [4, 4, 4, -4, -4],
    expected: [2, 4, 4, -8, -4],
  },
  {
    name: "repetitionPenalty(2) of what is impossible",
    process: repetitionPenalty(2),
    context: { ids: [0, 1] },
    scores: [-Infinity, 0],
    expected: [-Infinity, 0],
  },
  {
    name: "sequenceBias that forbids",
    process: sequenceBias([{ tokens: [1, 0], bias: -Infinity }]),
    context: { ids: [1] },
    scores: [1, 1],
    expected: [-Infinity, 1],
  },
  {
    name: "sequenceBias of no sequence",
    process: sequenceBias([]),
    context: { ids: [1] },
    scores: [1, 1],
    expected: [1, 1],
  },
  {
    name: "prefixAllowedTokens of the last id and the prompt's index",
    process: prefixAllowedTokens((soFar, promptIndex) => [soFar.at(-1)!, promptIndex]),
    context: { ids: [0, 3], promptIndex: 1 },
    scores: [1, 2, 3, 4],
    expected: [-Infinity, 2, -Infinity, 4],
  },
  {
    name: "prefixAllowedTokens of what is impossible",
    process: prefixAllowedTokens(() => [1]),
    scores: [1, -Infinity],
    expected: [-Infinity, -Infinity],
  },
  {
    name: "minNewTokens(3) before three",
    process: minNewTokens(3),
    context: { ids: [0, 1, 1, 1], promptLength: 2, endTokens: new Set([0, 2]), maxLength: 3 },
    scores: [1, 1, 1],
    expected: [-Infinity, 1, -Infinity],
  },
];

describe("processors", () => {
  it.each(rows)("$name makes $scores $expected", ({ process, context, scores, expected }) => {
    const row = Float32Array.from(scores);
    for (const _ of ["once", "again"]) {
      row.set(scores);
      process(row, processorContext(context)); // what it keeps from step to step is scratch memory
      expect(row).toEqual(Float32Array.from(expected));
    }
  });
});
