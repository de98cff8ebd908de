import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import {
  beamSearch,
  greedy,
  greedyChoice,
  multinomial,
  scoreSequence,
  streamTokens,
  type Stepper,
} from "../src/index.ts";
import { historyStepper, scrambledLogits } from "./history-stepper.ts";
import { trackedStepper } from "./tracked-stepper.ts";

const options = { prompt: [1, 2], maxLength: 6, endTokens: [0] };
const endless = { ...options, endTokens: [] };
const generator = () => xoshiro128(1);

const runs: Record<string, (stepper: Stepper<unknown>) => Promise<unknown>> = {
  greedy: (stepper) => greedy(stepper, endless),
  multinomial: (stepper) => multinomial(stepper, { ...endless, generator: generator() }),
  beamSearch: (stepper) => beamSearch(stepper, { ...endless, beamWidth: 3 }),
  scoreSequence: (stepper) => scoreSequence(stepper, { prompt: [1, 2], tokens: [3, 4, 0, 1] }),
};

function tracked(failures?: { failAtStep?: number; failAtSelect?: number }) {
  const { stepper, counts } = trackedStepper(historyStepper(5, scrambledLogits(5, 2)), failures);
  return { stepper: stepper as Stepper<unknown>, counts };
}

describe.each(Object.entries(runs))("%s(stepper, ...)", (_, run) => {
  it("disposes every state once when it succeeds", async () => {
    const { stepper, counts } = tracked();
    await run(stepper);
    expect(counts.steps).toBeGreaterThan(3);
    expect(counts.live).toBe(0);
  });

  it.each([1, 2, 4])("disposes every state once when step %i throws", async (failAtStep) => {
    const { stepper, counts } = tracked({ failAtStep });
    await expect(run(stepper)).rejects.toThrow("step failed");
    expect(counts.live).toBe(0);
  });

  it("disposes every state once when the logits are NaN", async () => {
    const { stepper, counts } = tracked();
    const broken: typeof stepper = {
      ...stepper,
      step: async (tokens, state) => ({
        ...(await stepper.step(tokens, state)),
        logits: new Float32Array(5).fill(NaN),
      }),
    };
    await expect(run(broken)).rejects.toThrow("logits must be finite or -Infinity, got NaN at index 0");
    expect(counts.live).toBe(0);
  });

  it("disposes every state once when the logits are too few", async () => {
    const { stepper, counts } = tracked();
    const broken: typeof stepper = {
      ...stepper,
      step: async (tokens, state) => ({ ...(await stepper.step(tokens, state)), logits: new Float32Array(4) }),
    };
    await expect(run(broken)).rejects.toThrow(new RangeError("Stepper.step: logits must have 5 entries, got 4"));
    expect(counts.live).toBe(0);
  });
});

describe("state ownership", () => {
  it("beamSearch(stepper, options) disposes every state once when select throws", async () => {
    const { stepper, counts } = tracked({ failAtSelect: 2 });
    await expect(beamSearch(stepper, { ...options, beamWidth: 3 })).rejects.toThrow("select failed");
    expect(counts.live).toBe(0);
  });

  it("beamSearch(stepper, options) disposes every state once when it stops early", async () => {
    const { stepper, counts } = tracked();
    const [best] = await beamSearch(stepper, { prompt: [1], maxLength: 500, endTokens: [0, 1, 2], beamWidth: 3 });
    expect(best.isFinished).toBe(true);
    expect(counts.steps).toBeLessThan(500);
    expect(counts.live).toBe(0);
  });

  it("streamTokens(stepper, options) disposes every state once when the loop is left", async () => {
    const { stepper, counts } = tracked();
    for await (const { token } of streamTokens(stepper, { ...endless, choose: greedyChoice })) {
      expect(token).toBeGreaterThanOrEqual(0);
      expect(counts.live).toBe(1);
      break;
    }
    expect(counts.live).toBe(0);
  });

  it("streamTokens(stepper, options) disposes every state once when the loop or choose throws", async () => {
    const { stepper, counts } = tracked();
    const loop = async () => {
      for await (const _ of streamTokens(stepper, { ...endless, choose: greedyChoice })) throw new Error("loop failed");
    };
    await expect(loop()).rejects.toThrow("loop failed");
    const choose = () => {
      throw new Error("choose failed");
    };
    await expect(streamTokens(stepper, { ...endless, choose }).next()).rejects.toThrow("choose failed");
    expect(counts.live).toBe(0);
  });

  it("streamTokens(stepper, options) that is never read starts nothing", async () => {
    const { stepper, counts } = tracked();
    const stream = streamTokens(stepper, { ...endless, choose: greedyChoice });
    expect(counts.live).toBe(0);
    await stream.return();
    expect(counts).toEqual({ live: 0, steps: 0, selects: 0 });
  });
});
