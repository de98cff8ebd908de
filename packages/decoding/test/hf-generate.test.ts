import { expectClose, golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import {
  type AllowedTokens,
  beamSearchBatch,
  greedyBatch,
  type Hypothesis,
  powerLengthPenalty,
  type StandardProcessorOptions,
  standardProcessors,
  tableStepper,
} from "../src/index.ts";

interface Search {
  table: string;
  prompts: number[][];
  maxLength: number;
  minLength: number;
  endTokens: number[];
  processors?: StandardProcessorOptions;
  allowed?: "odd after even";
  beamWidth?: number;
  numHypotheses: number;
  lengthExponent: number;
  earlyStopping: true | "heuristic" | "never";
  isRefilled: boolean;
  hypotheses: { tokens: number[]; score: number }[][];
}

const reference = golden<{ unit: number; tables: Record<string, [number[][], ...number[][][]]>; searches: Search[] }>(
  import.meta.url,
  "hf-generate",
);
const { unit, tables, searches } = reference.cases;

/** What the script calls "odd after even". */
function oddAfterEven(prompt: readonly number[], vocabSize: number): AllowedTokens {
  return (generated) => {
    const last = generated.at(-1) ?? prompt.at(-1)!;
    return Array.from({ length: vocabSize }, (_, token) => token).filter(
      (token) => token === 0 || (token + last) % 2 === 1,
    );
  };
}

async function run(search: Search): Promise<readonly (readonly Hypothesis[])[]> {
  const { prompts, maxLength, minLength, endTokens, allowed, lengthExponent, beamWidth } = search;
  const scaled = (table: number[][]) => table.map((row) => row.map((logit) => logit * unit));
  const [first, ...others] = tables[search.table]!;
  const stepper = tableStepper(scaled(first), ...others.map(scaled));
  const request = {
    prompts,
    maxLength,
    minLength,
    endTokens,
    processors: standardProcessors(search.processors ?? {}),
    ...(allowed && { allowedTokens: oddAfterEven(prompts[0]!, stepper.vocabSize) }),
  };
  if (beamWidth === undefined) return (await greedyBatch(stepper, request)).map((hypothesis) => [hypothesis]);
  const { earlyStopping, isRefilled, numHypotheses } = search;
  const lengthPenalty = powerLengthPenalty(lengthExponent);
  return beamSearchBatch(stepper, { ...request, beamWidth, numHypotheses, lengthPenalty, earlyStopping, isRefilled });
}

describe("generate of Hugging Face", () => {
  it(`beamSearchBatch and greedyBatch are held to ${searches.length} searches, 150 at least`, () => {
    expect(searches.length).toBeGreaterThanOrEqual(150);
  });

  it.each(
    searches.map((search, number) => [number, search.beamWidth ? "beamSearchBatch" : "greedyBatch", search] as const),
  )(`search %i by %s equals ${reference.source}`, async (_, name, search) => {
    const found = await run(search);
    const label = `${name} as ${reference.source}`;
    for (const [i, expected] of search.hypotheses.entries()) {
      const hypotheses = found[i]!;
      expect(
        hypotheses.map(({ tokens }) => [...tokens]),
        label,
      ).toEqual(expected.map(({ tokens }) => tokens));
      expectClose(
        hypotheses.map(({ score }) => score),
        expected.map(({ score }) => score),
        { tolerance: 1e-5, label },
      );
    }
  });
});
