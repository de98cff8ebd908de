import { expectClose } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import {
  greedyChoice,
  suppressedTokens,
  streamTokens,
  tableStepper,
  temperatureWarper,
  timeBudget,
  type TokenChoice,
} from "../../src/index.ts";
import { historyStepper, scrambledLogits } from "../history-stepper.ts";

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
    expect(seen.map(({ stopReason }) => stopReason)).toEqual([undefined, undefined, undefined, "end token"]);
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

  it("streamTokens(stepper, options) says why it ends: the end token before a condition, a condition before the length", async () => {
    const last = async (options: Partial<Parameters<typeof streamTokens>[1]>) => {
      let item;
      for await (item of streamTokens(stepper, { prompt: [0], maxLength: 2, choose: greedyChoice, ...options }));
      return { token: item!.token, stopReason: item!.stopReason };
    };
    const always = () => true;
    expect(await last({})).toEqual({ token: 2, stopReason: "length" });
    expect(await last({ stopConditions: [(ids) => ids.length === 2] })).toEqual({ token: 2, stopReason: "condition" });
    expect(await last({ stopConditions: [always], endTokens: [1] })).toEqual({ token: 1, stopReason: "end token" });
    expect(await last({ stopConditions: [() => false, always] })).toEqual({ token: 1, stopReason: "condition" });
  });

  it("streamTokens(stepper, { stopConditions }) shows them what was generated, without the prompt", async () => {
    const seen: number[][] = [];
    const watch = (generated: Int32Array) => {
      seen.push([...generated]);
      return false;
    };
    const options = { prompt: [2, 2, 0], maxLength: 3, choose: greedyChoice, stopConditions: [watch] };
    for await (const _ of streamTokens(stepper, options));
    expect(seen).toEqual([[1], [1, 2], [1, 2, 0]]);
  });

  it("streamTokens(stepper, { stopConditions: [timeBudget(...)] }) ends with the token that takes too long", async () => {
    let nowMs = 1000;
    const slow: typeof stepper = { ...stepper, step: (tokens, state) => ((nowMs += 10), stepper.step(tokens, state)) };
    const stopConditions = [timeBudget(35, () => nowMs)];
    const seen = [];
    for await (const item of streamTokens(slow, { prompt: [0], maxLength: 9, choose: greedyChoice, stopConditions })) {
      seen.push(item.stopReason);
    }
    expect(seen).toEqual([undefined, undefined, undefined, "condition"]); // after 10, 20, 30, 40 ms
  });

  it.each([0, -1, NaN, Infinity])("timeBudget(%s, now) throws", (budgetMs) => {
    expect(() => timeBudget(budgetMs, () => 0)).toThrow(
      new RangeError(`timeBudget: budgetMs must be positive and finite, got ${budgetMs}`),
    );
  });

  it("streamTokens(stepper, { processors }) chooses from processed scores and reports the model's probabilities", async () => {
    const choose: TokenChoice = (scores) => {
      rows.push([...scores]);
      return greedyChoice(scores);
    };
    const rows: number[][] = [];
    const processors = [suppressedTokens([1]), temperatureWarper(0.5)];
    const [first] = await all(streamTokens(stepper, { prompt: [0], maxLength: 1, choose, processors }));
    expectClose(rows[0]!.map(Math.exp), [0.01, 0, 0.04], { tolerance: 1e-6 });
    expect(first!.token).toBe(2);
    expectClose([Math.exp(first!.logProbability)], [0.2], { tolerance: 1e-6 });
  });

  it("streamTokens(stepper, { processors }) hands them what came before", async () => {
    const seen: unknown[] = [];
    const options = {
      prompt: [0, 0],
      maxLength: 2,
      endTokens: [0],
      choose: greedyChoice,
      processors: [(_: Float32Array, context: object) => void seen.push(structuredClone(context))],
    };
    await all(streamTokens(stepper, options));
    const always = { promptLength: 2, maxLength: 2, endTokens: new Set([0]), promptIndex: 0, earlierGroupTokens: [] };
    expect(seen).toEqual([
      { ...always, ids: Int32Array.of(0, 0) },
      { ...always, ids: Int32Array.of(0, 0, 1) },
    ]);
  });

  it("streamTokens(stepper, { processors }) throws when they leave no token", async () => {
    const options = { prompt: [0], maxLength: 2, choose: greedyChoice, processors: [suppressedTokens([0, 1, 2])] };
    await expect(all(streamTokens(stepper, options))).rejects.toThrow(
      new RangeError(
        "streamTokens: constraints and processors must leave a token possible, got none as generated token 1",
      ),
    );
  });

  it("streamTokens(stepper, options) keeps a log-probability that is read late", async () => {
    const items = await all(streamTokens(stepper, { prompt: [0], maxLength: 3, choose: greedyChoice }));
    for (const _ of [1, 2]) {
      const probabilities = items.map(({ logProbability }) => Math.exp(logProbability));
      expectClose(probabilities, [0.7, 0.6, 0.5], { tolerance: 1e-6 });
    }
  });
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected = [];
  for await (const item of items) collected.push(item);
  return collected;
}
