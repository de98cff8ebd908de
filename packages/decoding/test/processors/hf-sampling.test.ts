import { expectClose, golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import {
  standardProcessors,
  type StandardProcessorOptions,
  streamTokens,
  tableStepper,
  type TransitionTable,
} from "../../src/index.ts";

interface Cases {
  tables: [TransitionTable, ...TransitionTable[]];
  maxLength: number;
  chains: {
    prompt: number[];
    endTokens: number[];
    options: StandardProcessorOptions;
    /** What transformers drew. */
    tokens: number[];
    /** What it drew from, after all processors; null is -Infinity. */
    scores: (number | null)[][];
  }[];
}

describe("streamTokens with standardProcessors", () => {
  const { source, cases } = golden<Cases>(import.meta.url.replace("/processors/", "/"), "hf-sampling");
  const stepper = tableStepper(...cases.tables);

  it("streamTokens(stepper, { processors }) is held to 110 chains of transformers", () => {
    expect(cases.chains).toHaveLength(110);
    expect(cases.chains.filter(({ options }) => Object.keys(options).length > 1).length).toBeGreaterThan(50);
  });

  it.each(cases.chains.map((chain) => [JSON.stringify(chain.options), chain] as const))(
    `streamTokens(stepper, { processors: standardProcessors(%s) }) chooses from the scores of ${source}`,
    async (_, { prompt, endTokens, options, tokens, scores }) => {
      const rows: Float32Array[] = [];
      const choose = (row: Float32Array) => tokens[rows.push(row.slice()) - 1]!;
      // For a model without an encoder, transformers takes the prompt for the source.
      const processors = standardProcessors({ source: prompt, ...options });
      const stream = streamTokens(stepper, { prompt, maxLength: cases.maxLength, endTokens, choose, processors });
      for await (const _ of stream);
      expect(rows).toHaveLength(tokens.length);
      for (const [i, row] of rows.entries()) {
        const expected = scores[i]!.map((score) => score ?? -Infinity);
        expect(Array.from(row, Number.isFinite), `impossible tokens of token ${i}`).toEqual(
          expected.map(Number.isFinite),
        );
        expectClose(row.filter(Number.isFinite), expected.filter(Number.isFinite), { tolerance: 2e-6, label: source });
      }
    },
  );
});
