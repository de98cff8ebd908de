import { expectClose } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { greedyChoice, streamTokens, tableStepper, type TokenChoice } from "../src/index.ts";
import { historyStepper, scrambledLogits } from "./history-stepper.ts";

const log = (rows: number[][]) => rows.map((row) => row.map(Math.log));
const stepper = tableStepper(
  log([
    [0.1, 0.7, 0.2],
    [0.2, 0.2, 0.6],
    [0.5, 0.3, 0.2],
  ]),
);
const script = (...tokens: number[]): TokenChoice => {
  const left = tokens.values();
  return () => left.next().value!;
};

describe("streamTokens", () => {
  it("streamTokens(stepper, { choose }) yields what choose says with the model's log-probabilities", async () => {
    const seen = [];
    const options = { prompt: [2, 0], maxLength: 10, endTokens: [0], choose: script(1, 1, 2, 0) };
    for await (const item of streamTokens(stepper, options)) seen.push(item);
    expect(seen.map(({ token }) => token)).toEqual([1, 1, 2, 0]);
    expect(seen.map(({ isEnd }) => isEnd)).toEqual([false, false, false, true]);
    const probabilities = seen.map(({ logProbability }) => Math.exp(logProbability));
    expectClose(probabilities, [0.7, 0.2, 0.6, 0.5], { tolerance: 1e-6 });
  });

  it("streamTokens(stepper, { maxLength }) stops there without another step", async () => {
    let steps = 0;
    const counting: typeof stepper = { ...stepper, step: (tokens, state) => (steps++, stepper.step(tokens, state)) };
    const seen = [];
    for await (const { token } of streamTokens(counting, { prompt: [0, 0], maxLength: 3, choose: greedyChoice })) {
      seen.push(token);
    }
    expect(seen).toEqual([1, 2, 0]);
    expect(steps).toBe(4); // two of the prompt, and the first two tokens
  });

  it("streamTokens(stepper) twice at a time over one stepper gives what each gives alone", async () => {
    const shared = historyStepper(5, scrambledLogits(5, 7));
    const collect = async (prompt: number[]) => {
      const tokens = [];
      for await (const { token } of streamTokens(shared, { prompt, maxLength: 8, choose: greedyChoice }))
        tokens.push(token);
      return tokens;
    };
    const alone = [await collect([1, 2]), await collect([3])];
    expect(await Promise.all([collect([1, 2]), collect([3])])).toEqual(alone);
  });

  it("streamTokens(stepper, options) does not see what becomes of its options", async () => {
    const prompt = [0];
    const endTokens = [2];
    const stream = streamTokens(stepper, { prompt, maxLength: 5, endTokens, choose: greedyChoice });
    prompt[0] = 2;
    endTokens.pop();
    const seen = [];
    for await (const { token } of stream) seen.push(token);
    expect(seen).toEqual([1, 2]);
  });

  it.each([-1, 3, 0.5, NaN])("streamTokens(stepper, { choose }) throws when choose returns %s", async (id) => {
    const stream = streamTokens(stepper, { prompt: [0], maxLength: 5, choose: () => id });
    await expect(stream.next()).rejects.toThrow(
      new RangeError(`streamTokens: choose must return an id from 0 to 2, got ${id}`),
    );
  });
});
