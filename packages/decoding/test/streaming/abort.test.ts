import { describe, expect, it } from "vitest";
import { greedyChoice, type Stepper, streamText, streamTokens } from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";
import { trackedStepper } from "../tracked-stepper.ts";

const options = { prompt: [1, 2, 3], maxLength: 20, choose: greedyChoice };

function tracked() {
  const { stepper, counts } = trackedStepper(historyStepper(5, scrambledLogits(5, 2)));
  return { stepper: stepper as Stepper<unknown>, counts };
}

describe("streamTokens(stepper, { signal })", () => {
  it("throws the reason, and takes no step, when it is aborted before it starts", async () => {
    const { stepper, counts } = tracked();
    const stream = streamTokens(stepper, { ...options, signal: AbortSignal.abort(new Error("changed my mind")) });
    await expect(stream.next()).rejects.toThrow("changed my mind");
    expect(counts).toEqual({ live: 0, steps: 0, selects: 0 });
  });

  it("throws an AbortError, and frees its state, when it is aborted between two tokens", async () => {
    const { stepper, counts } = tracked();
    const controller = new AbortController();
    const seen: number[] = [];
    const run = async () => {
      for await (const { token } of streamTokens(stepper, { ...options, signal: controller.signal })) {
        if (seen.push(token) === 4) controller.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ name: "AbortError" });
    expect(seen).toHaveLength(4);
    expect(counts).toEqual({ live: 0, steps: 6, selects: 0 }); // three of the prompt, and the first three tokens
  });

  it.each([1, 2, 5])("throws without another token when it is aborted during step %i", async (abortAtStep) => {
    const { stepper, counts } = tracked();
    const controller = new AbortController();
    const slow: typeof stepper = {
      ...stepper,
      async step(tokens, state) {
        const result = await stepper.step(tokens, state);
        if (counts.steps === abortAtStep) controller.abort();
        return result;
      },
    };
    let numTokens = 0;
    const run = async () => {
      for await (const _ of streamTokens(slow, { ...options, signal: controller.signal })) numTokens++;
    };
    await expect(run()).rejects.toMatchObject({ name: "AbortError" });
    expect(numTokens).toBe(Math.max(0, abortAtStep - 3));
    expect(counts.steps).toBe(abortAtStep);
    expect(counts.live).toBe(0);
  });

  it("ends as usual when nobody aborts", async () => {
    const { stepper, counts } = tracked();
    let numTokens = 0;
    for await (const _ of streamTokens(stepper, { ...options, signal: new AbortController().signal })) numTokens++;
    expect(numTokens).toBe(20);
    expect(counts.live).toBe(0);
  });

  it.each([
    { end: "is left", stopStrings: [], isLeft: true },
    { end: "finds a stop string", stopStrings: ["c", "d"], isLeft: false },
  ])("frees its state when streamText over it $end", async ({ stopStrings, isLeft }) => {
    const { stepper, counts } = tracked();
    const pieces = streamText(streamTokens(stepper, options), { decode, stopStrings });
    for await (const _ of pieces) if (isLeft) break;
    expect(counts.steps).toBeLessThan(15);
    expect(counts.live).toBe(0);
  });

  it("frees its state, and throws the reason, when streamText over it is aborted", async () => {
    const { stepper, counts } = tracked();
    const controller = new AbortController();
    const tokens = streamTokens(stepper, { ...options, signal: controller.signal });
    const run = async () => {
      for await (const _ of streamText(tokens, { decode })) controller.abort();
    };
    await expect(run()).rejects.toMatchObject({ name: "AbortError" });
    expect(counts.steps).toBeLessThan(15);
    expect(counts.live).toBe(0);
  });
});

const decode = (ids: Int32Array) => Array.from(ids, (id) => "abcde"[id]).join("");
