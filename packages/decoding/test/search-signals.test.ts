import { xoshiro128 } from "@rnnkit/random";
import { describe, expect, it } from "vitest";
import {
  beamSampling,
  beamSamplingBatch,
  beamSearch,
  beamSearchBatch,
  beamTree,
  diverseBeamSearch,
  diverseBeamSearchBatch,
  exhaustiveSearch,
  greedy,
  greedyBatch,
  multinomial,
  multinomialBatch,
  stochasticBeamSearch,
  type Stepper,
} from "../src/index.ts";
import { historyStepper, scrambledLogits } from "./history-stepper.ts";
import { trackedStepper } from "./tracked-stepper.ts";

const common = { maxLength: 6 };
const generator = () => xoshiro128(1);
const groups = { beamWidth: 4, numGroups: 2, diversityPenalty: 1 };

type Signal = { throwIfAborted(): void };
const searches: Record<string, (stepper: Stepper<unknown>, signal: Signal) => Promise<unknown>> = {
  greedy: (stepper, signal) => greedy(stepper, { ...common, prompt: [1, 2], signal }),
  greedyBatch: (stepper, signal) => greedyBatch(stepper, { ...common, prompts: [[1], [2, 1]], signal }),
  multinomial: (stepper, signal) => multinomial(stepper, { ...common, prompt: [1, 2], generator: generator(), signal }),
  multinomialBatch: (stepper, signal) =>
    multinomialBatch(stepper, { ...common, prompts: [[1], [2, 1]], generators: [generator(), generator()], signal }),
  beamSearch: (stepper, signal) => beamSearch(stepper, { ...common, prompt: [1, 2], beamWidth: 3, signal }),
  beamSearchBatch: (stepper, signal) =>
    beamSearchBatch(stepper, { ...common, prompts: [[1], [2, 1]], beamWidth: 3, signal }),
  beamSampling: (stepper, signal) =>
    beamSampling(stepper, { ...common, prompt: [1, 2], beamWidth: 3, generator: generator(), signal }),
  beamSamplingBatch: (stepper, signal) =>
    beamSamplingBatch(stepper, { ...common, prompts: [[1, 2]], beamWidth: 3, generators: [generator()], signal }),
  diverseBeamSearch: (stepper, signal) => diverseBeamSearch(stepper, { ...common, ...groups, prompt: [1, 2], signal }),
  diverseBeamSearchBatch: (stepper, signal) =>
    diverseBeamSearchBatch(stepper, { ...common, ...groups, prompts: [[1], [2, 1]], signal }),
  stochasticBeamSearch: (stepper, signal) =>
    stochasticBeamSearch(stepper, { ...common, prompt: [1, 2], numSamples: 3, generator: generator(), signal }),
  beamTree: (stepper, signal) => beamTree(stepper, { ...common, prompt: [1, 2], beamWidth: 3, signal }),
  exhaustiveSearch: (stepper, signal) => exhaustiveSearch(stepper, { ...common, prompt: [1, 2], signal }),
};

function tracked() {
  const { stepper, counts } = trackedStepper(historyStepper(5, scrambledLogits(5, 2)));
  return { stepper: stepper as Stepper<unknown>, counts };
}

describe.each(Object.entries(searches))("%s(stepper, { signal })", (_, search) => {
  it("takes no step once the signal is aborted, throws its reason and disposes every state", async () => {
    const { stepper, counts } = tracked();
    const controller = new AbortController();
    const reason = new Error("enough");
    const step: Stepper<unknown>["step"] = (tokens, state) => {
      if (counts.steps === 2) controller.abort(reason);
      return stepper.step(tokens, state);
    };
    await expect(search({ ...stepper, step }, controller.signal)).rejects.toBe(reason);
    expect(counts).toMatchObject({ steps: 3, live: 0 });
  });

  it("takes no step at all where the signal was aborted before", async () => {
    const { stepper, counts } = tracked();
    const reason = new Error("never");
    await expect(search(stepper, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(counts).toMatchObject({ steps: 0, live: 0 });
  });
});
