import { normal, xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beamSearch,
  type BeamTree,
  beamTree,
  powerLengthPenalty,
  type Stepper,
  tableStepper,
} from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));

function tokensOf({ nodes }: BeamTree, node: number): number[] {
  const { parent, token } = nodes[node]!;
  return parent < 0 ? [] : [...tokensOf({ nodes } as BeamTree, parent), token];
}

describe("beamTree", () => {
  it("beamTree(stepper, options), which leaves no row early, finds what beamSearch finds in rows of 2500", async () => {
    const random = xoshiro128(5);
    const rows = Array.from({ length: 7 }, () => Float32Array.from({ length: 2500 }, () => 3 * normal(random)));
    const stepper: Stepper<number> = {
      vocabSize: 2500,
      start: (batchSize) => batchSize,
      step(tokens) {
        const logits = new Float32Array(tokens.length * 2500);
        tokens.forEach((token, row) => logits.set(rows[token % 7]!, row * 2500));
        return { logits, state: tokens.length };
      },
      select: (_, kept) => kept.length,
      dispose() {},
    };
    for (const isRefilled of [false, true]) {
      const options = { prompt: [1], maxLength: 8, endTokens: [0, 9], beamWidth: 20, numHypotheses: 20, isRefilled };
      expect(await beamSearch(stepper, options)).toEqual((await beamTree(stepper, options)).hypotheses);
    }
  });

  it("beamTree(stepper, options) of a search by hand", async () => {
    // After 1: 2 with 0.5, 0 with 0.3, 1 with 0.2. After 2: 0 with 0.9.
    const stepper = tableStepper(
      log([
        [1, 0, 0],
        [0.3, 0.2, 0.5],
        [0.9, 0.1, 0],
      ]),
    );
    const options = { prompt: [1], maxLength: 2, endTokens: [0], beamWidth: 2, lengthPenalty: powerLengthPenalty(1) };
    const tree = await beamTree(stepper, { ...options, numContinuations: Infinity });
    const drawn = tree.nodes.map(({ fate }, i) => `${tokensOf(tree, i).join(" ")} ${fate}`);
    expect(drawn).toEqual([" kept", "2 kept", "0 ended", "1 pruned", "2 0 ended", "2 1 ended"]);
    const probabilities = [1, 0.5, 0.3, 0.2, 0.45, 0.05];
    expectClose(
      tree.nodes.map(({ logProbability }) => Math.exp(logProbability)),
      probabilities,
      { tolerance: 1e-6 },
    );
    expectClose(
      tree.nodes.slice(1).map(({ score, length }) => Math.exp(score * length)),
      probabilities.slice(1),
      { tolerance: 1e-6 },
    );
    expect(tree.hypothesisNodes).toEqual([4]);
    expect(tree.nodes[0]).toEqual({ parent: -1, token: -1, length: 0, logProbability: 0, score: 0, fate: "kept" });
  });

  it("beamTree(stepper, options) finds what beamSearch finds, and its nodes hold together", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.boolean(),
        fc.constantFrom(undefined, 1, 3, Infinity),
        fc.constantFrom([], [[2, 3]]),
        async (seed, isRefilled, numContinuations, requiredPhrases) => {
          const stepper = historyStepper(5, scrambledLogits(5, seed));
          const request = { prompt: [1], maxLength: 5, endTokens: [0], beamWidth: 3, numHypotheses: 3 };
          const options = { ...request, isRefilled, requiredPhrases };
          const tree = await beamTree(stepper, {
            ...options,
            ...(numContinuations !== undefined && { numContinuations }),
          });
          expect(tree.hypotheses).toEqual(await beamSearch(stepper, options));
          const { nodes } = tree;
          const keys = nodes.map((_, i) => tokensOf(tree, i).join());
          expect(new Set(keys).size).toBe(nodes.length);
          for (const [i, { parent, length, score, logProbability }] of nodes.entries()) {
            if (i === 0) continue;
            expect(parent).toBeLessThan(i);
            expect(nodes[parent]!.fate).toBe("kept");
            expect(length).toBe(nodes[parent]!.length + 1);
            expect(logProbability).toBeLessThanOrEqual(nodes[parent]!.logProbability);
            expect(score).toBe(logProbability / length ** 0.75);
          }
          for (const [i, node] of tree.hypothesisNodes.entries()) {
            expect(nodes[node]!.fate).toBe("ended");
            expect(tokensOf(tree, node)).toEqual([...tree.hypotheses[i]!.tokens]);
            expect(nodes[node]!.score).toBe(tree.hypotheses[i]!.score);
          }
          for (let length = 1; length <= 5; length++) {
            const kept = nodes.filter((node) => node.length === length && node.fate === "kept");
            expect(kept.length).toBeLessThanOrEqual(3);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("beamTree(stepper, { numContinuations: Infinity }) shows every possible continuation of what was kept", async () => {
    const stepper = historyStepper(5, scrambledLogits(5, 3));
    const tree = await beamTree(stepper, { prompt: [1], maxLength: 3, beamWidth: 2, numContinuations: Infinity });
    const numParents = tree.nodes.filter(({ fate, length }) => fate === "kept" && length < 3).length;
    expect(tree.nodes).toHaveLength(1 + 5 * numParents);
    expect(JSON.parse(JSON.stringify(tree.nodes))).toEqual(tree.nodes);
  });

  it.each([0, 1.5, NaN])("beamTree(stepper, { numContinuations: %s }) throws", async (numContinuations) => {
    const stepper = historyStepper(5, scrambledLogits(5, 3));
    await expect(beamTree(stepper, { prompt: [1], maxLength: 3, beamWidth: 2, numContinuations })).rejects.toThrow(
      new RangeError(`beamTree: numContinuations must be a positive integer, got ${numContinuations}`),
    );
  });
});
