import { expectClose, golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import * as decoding from "../../src/index.ts";
import type { LogitsProcessor, ProcessorContext } from "../../src/index.ts";
import { processorContext } from "./processor-context.ts";

interface Result extends Partial<Pick<ProcessorContext, "promptLength" | "maxLength">> {
  name: string;
  arguments: unknown[];
  row: string;
  ids?: number[];
  endTokens?: number[];
  scores?: (number | null)[];
  forbidden?: number[];
  kept?: number[];
}

interface Cases {
  rows: Record<string, (number | null)[]>;
  results: Result[];
}

const { source, cases } = golden<Cases>(import.meta.url.replace("/processors/", "/"), "logits-processors");
const scoresOf = (row: readonly (number | null)[]) => Float32Array.from(row, (score) => score ?? -Infinity);

function expectedOf({ row, scores, forbidden, kept }: Result): Float32Array {
  const before = scoresOf(cases.rows[row]!);
  if (scores) return scoresOf(scores);
  return before.map((score, id) => ((kept ? !kept.includes(id) : forbidden!.includes(id)) ? -Infinity : score));
}

const byName = new Map<string, Result[]>();
for (const result of cases.results) byName.set(result.name, [...(byName.get(result.name) ?? []), result]);

describe(`processors equal those of ${source}`, () => {
  it.each([...byName])("%s(...)", (name, results) => {
    const make = (decoding as unknown as Record<string, (...args: unknown[]) => LogitsProcessor>)[name]!;
    for (const result of results) {
      const { ids = [], promptLength = 0, maxLength = 100, endTokens = [] } = result;
      const label = `${name}(${JSON.stringify(result.arguments).slice(1, -1)}) of ${result.row}, ids ${ids.join()}`;
      const scores = scoresOf(cases.rows[result.row]!);
      make(...result.arguments)(scores, processorContext({ promptLength, maxLength, ids, endTokens }));
      const expected = expectedOf(result);
      expect(Array.from(scores, Number.isFinite), label).toEqual(Array.from(expected, Number.isFinite));
      expectClose(scores.filter(Number.isFinite), expected.filter(Number.isFinite), { tolerance: 1e-6, label });
    }
  });

  it("the golden holds over 800 results, of 23 processors", () => {
    expect(cases.results.length).toBeGreaterThan(800);
    expect(byName.size).toBe(23);
  });
});
