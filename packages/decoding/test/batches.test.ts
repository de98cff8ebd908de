import { xoshiro128 } from "@rnnkit/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beamSampling,
  beamSamplingBatch,
  beamSearch,
  beamSearchBatch,
  diverseBeamSearch,
  diverseBeamSearchBatch,
  greedy,
  greedyBatch,
  multinomial,
  multinomialBatch,
  repetitionPenalty,
  scoreSequence,
  scoreSequences,
  type Stepper,
} from "../src/index.ts";
import { historyStepper, scrambledLogits } from "./history-stepper.ts";
import { trackedStepper } from "./tracked-stepper.ts";

const generation = { maxLength: 6, endTokens: [0, 3] };
const beams = { ...generation, beamWidth: 3, numHypotheses: 2 };
const groups = { ...generation, beamWidth: 4, numGroups: 2, diversityPenalty: 0.5, numHypotheses: 3 };
const generators = (prompts: readonly unknown[]) => prompts.map((_, i) => xoshiro128(i));

/** Each method for all prompts together, and for one of them. */
const methods: Record<
  string,
  {
    batch: (stepper: Stepper<unknown>, prompts: number[][]) => Promise<unknown[]>;
    one: (stepper: Stepper<unknown>, prompt: number[], index: number) => Promise<unknown>;
  }
> = {
  greedyBatch: {
    batch: (stepper, prompts) => greedyBatch(stepper, { ...generation, prompts }),
    one: (stepper, prompt) => greedy(stepper, { ...generation, prompt }),
  },
  multinomialBatch: {
    batch: (stepper, prompts) =>
      multinomialBatch(stepper, { ...generation, prompts, generators: generators(prompts), temperature: 2 }),
    one: (stepper, prompt, i) =>
      multinomial(stepper, { ...generation, prompt, generator: xoshiro128(i), temperature: 2 }),
  },
  beamSearchBatch: {
    batch: (stepper, prompts) => beamSearchBatch(stepper, { ...beams, prompts }),
    one: (stepper, prompt) => beamSearch(stepper, { ...beams, prompt }),
  },
  beamSamplingBatch: {
    batch: (stepper, prompts) => beamSamplingBatch(stepper, { ...beams, prompts, generators: generators(prompts) }),
    one: (stepper, prompt, i) => beamSampling(stepper, { ...beams, prompt, generator: xoshiro128(i) }),
  },
  diverseBeamSearchBatch: {
    batch: (stepper, prompts) => diverseBeamSearchBatch(stepper, { ...groups, prompts }),
    one: (stepper, prompt) => diverseBeamSearch(stepper, { ...groups, prompt }),
  },
  scoreSequences: {
    batch: (stepper, prompts) =>
      scoreSequences(
        stepper,
        prompts.map((prompt) => ({ prompt, tokens: [...prompt].reverse().slice(1) })),
      ),
    one: (stepper, prompt) => scoreSequence(stepper, { prompt, tokens: [...prompt].reverse().slice(1) }),
  },
};

const prompt = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });

describe.each(Object.entries(methods))("%s", (name, { batch, one }) => {
  it(`${name}(stepper, { prompts }) of any lengths gives what each prompt gives alone`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(prompt, { minLength: 1, maxLength: 4 }), async (seed, prompts) => {
        const stepper = historyStepper(5, scrambledLogits(5, seed)) as Stepper<unknown>;
        const expected = [];
        for (const [i, each] of prompts.entries()) expected.push(await one(stepper, each, i));
        expect(await batch(stepper, prompts)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it(`${name}(stepper, { prompts }) disposes every state once, whether or not a step throws`, async () => {
    for (const failAtStep of [Infinity, 1, 3]) {
      const { stepper, counts } = trackedStepper(historyStepper(5, scrambledLogits(5, 4)), { failAtStep });
      const run = batch(stepper as Stepper<unknown>, [[1, 2, 4], [2], [4, 1]]);
      const outcome = await run.then(
        () => "done",
        (error: Error) => error.message,
      );
      expect(outcome).toBe(failAtStep === Infinity ? "done" : "step failed");
      expect(counts.live).toBe(0);
    }
  });

  it(`${name}(stepper, { prompts }) throws for no prompt`, async () => {
    await expect(batch(historyStepper(5, scrambledLogits(5, 4)) as Stepper<unknown>, [])).rejects.toThrow(
      new RegExp(`^${name}: \\w+ must hold at least one( prompt)?, got none$`),
    );
  });
});

describe("batches", () => {
  const stepper = historyStepper(5, scrambledLogits(5, 4));

  it("greedyBatch(stepper, { prompts }) takes as many steps as the longest prompt with its continuation", async () => {
    const { stepper: tracked, counts } = trackedStepper(stepper);
    await greedyBatch(tracked, { prompts: [[1], [1, 2, 3, 4], [2, 1]], maxLength: 5 });
    expect(counts.steps).toBe(4 + 5 - 1);
  });

  it("greedyBatch(stepper, { prompts }) selects only when a prompt is done", async () => {
    const { stepper: tracked, counts } = trackedStepper(stepper);
    await greedyBatch(tracked, { prompts: [[1], [1, 2, 3]], maxLength: 5 });
    expect(counts.selects).toBe(1);
  });

  it("greedyBatch(stepper, { processors, allowedTokens }) tells them which prompt it is", async () => {
    const seen = new Set<string>();
    await greedyBatch(stepper, {
      prompts: [[1], [2, 3]],
      maxLength: 2,
      allowedTokens: (generated, promptIndex) => {
        seen.add(`allowed ${promptIndex} ${generated.length}`);
        return undefined;
      },
      processors: [(_, { promptIndex, ids, promptLength }) => seen.add(`${promptIndex} ${ids.length} ${promptLength}`)],
    });
    const expected = ["allowed 0 0", "0 1 1", "allowed 0 1", "0 2 1", "allowed 1 0", "1 2 2", "allowed 1 1", "1 3 2"];
    expect([...seen].sort()).toEqual(expected.sort());
  });

  it("multinomialBatch(stepper, { generators }) throws unless there is one a prompt", async () => {
    const draw = multinomialBatch(stepper, { prompts: [[1], [2]], maxLength: 2, generators: [xoshiro128(1)] });
    await expect(draw).rejects.toThrow(new RangeError("multinomialBatch: generators must be 2, one a prompt, got 1"));
  });

  it("greedyBatch(stepper, { prompts }) names the prompt that is wrong", async () => {
    await expect(greedyBatch(stepper, { prompts: [[1], []], maxLength: 2 })).rejects.toThrow(
      new RangeError("greedyBatch: prompts[1] must hold at least one id, got none"),
    );
  });

  it("beamSearchBatch(stepper, { processors }) keeps the histories of the prompts apart", async () => {
    const prompts = [[1, 1, 2], [3], [4, 4]];
    const options = { ...beams, processors: [repetitionPenalty(2)] };
    const expected = [];
    for (const each of prompts) expected.push(await beamSearch(stepper, { ...options, prompt: each }));
    expect(await beamSearchBatch(stepper, { ...options, prompts })).toEqual(expected);
  });
});
