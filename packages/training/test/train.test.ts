import { perplexity } from "@rnnkit/metrics";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { evaluate, sgd, train, type Loss, type TrainingReport, type TrainOptions } from "../src/index.ts";

interface Batch {
  readonly value: number;
  readonly count: number;
  readonly isContinuation: boolean;
}

/**
 * A model with one weight and a state s' = s + weight, whose loss is value·weight + s, the state it was given: where the
 * gradient flowed through the state, it would not be `value`.
 */
let weight: tf.Variable;
let given: (number | null)[];
let clockMs: number;

const loss: Loss<Batch, { sum: tf.Tensor }> = ({ value, count }, state) => {
  given.push(state && state.sum.dataSync()[0]!);
  return tf.tidy(() => {
    const sum = state?.sum ?? tf.scalar(0);
    return { meanLoss: tf.add<tf.Scalar>(tf.mul(weight, value), sum), count, state: { sum: tf.add(sum, weight) } };
  });
};

const batch = (value: number, isContinuation: boolean, count = 1): Batch => ({ value, count, isContinuation });
const epochs = (...all: Batch[][]) => ({ epoch: (index: number) => all[index % all.length]! });
const run = async (options: Partial<TrainOptions<Batch, { sum: tf.Tensor }>>) => {
  const reports: TrainingReport[] = [];
  const optimizer = sgd({ learningRate: 1 });
  const clock = () => clockMs++ * 1000;
  const defaults = { parameters: { weight }, batches: epochs([batch(1, false)]), loss, optimizer, clock };
  for await (const report of train({ ...defaults, ...options })) reports.push(report);
  return reports;
};

beforeEach(() => {
  weight = tf.tidy(() => tf.variable(tf.scalar(10)));
  given = [];
  clockMs = 0;
});
afterEach(() => {
  weight.dispose();
});

describe("train(options)", () => {
  it("carries the state where a batch continues the one before, and cuts it off from the gradient", async () => {
    const batches = epochs([batch(1, false), batch(2, true), batch(3, false), batch(4, true)]);
    const reports = await run({ batches, numEpochs: 1 });
    // Weights before each step: 10, 9, 7, 4. A state is the weight of the step that made it.
    expect(given).toEqual([null, 10, null, 7]);
    expect(reports.map(({ meanLoss }) => meanLoss)).toEqual([10, 2 * 9 + 10, 3 * 7, 4 * 4 + 7]);
    expect(reports.map(({ gradientNorm }) => gradientNorm)).toEqual([1, 2, 3, 4]);
    expect(weight.dataSync()[0]).toBe(0);
  });

  it("reports losses summed over tokens, not averages of averages", async () => {
    const batches = epochs([batch(1, false, 1), batch(0, false, 3)]);
    const [report] = await run({ batches, numEpochs: 1, reportEvery: 2 });
    expect(report!.meanLoss).toBe(2.5);
    expect(report!.perplexity).toBeCloseTo(Math.exp(2.5), 10);
  });

  it("counts steps, epochs and time", async () => {
    const reports = await run({
      batches: epochs([batch(0, false, 50), batch(0, false, 50)]),
      numSteps: 5,
      reportEvery: 2,
    });
    expect(reports.map(({ step, numSteps, epoch }) => [step, numSteps, epoch])).toEqual([
      [2, 5, 0],
      [4, 5, 1],
      [5, 5, 2],
    ]);
    // The clock goes on by a second whenever it is read: once before the steps and once after them.
    expect(reports.map(({ tokensPerSecond }) => tokensPerSecond)).toEqual([100, 100, 50]);
    expect(reports.at(-1)!.remainingMs).toBe(0);
    expect(reports[0]!.remainingMs).toBe((reports[0]!.elapsedMs / 2) * 3);
  });

  it.each([
    [{ numEpochs: 2 }, 6],
    [{ numSteps: 4 }, 4],
    [{ numEpochs: 2, numSteps: 4 }, 4],
    [{ numEpochs: 1, numSteps: 40 }, 3],
  ])("with %o does the smaller number of steps", async (budget, expected) => {
    const reports = await run({ batches: epochs([batch(0, false), batch(0, false), batch(0, false)]), ...budget });
    expect(reports).toHaveLength(expected);
    expect(reports.every(({ numSteps }) => numSteps === expected)).toBe(true);
  });

  it("validates at intervals and at the end, over all tokens, with states of its own", async () => {
    const validation = { batches: [batch(0, false, 3), batch(1, true, 1)], every: 2 };
    const reports = await run({
      batches: epochs([batch(1, false), batch(1, true), batch(1, true)]),
      numEpochs: 1,
      validation,
    });
    expect(reports.map((report) => report.validation?.count)).toEqual([undefined, 4, 4]);
    // After two steps the weight is 8: losses 0 for three tokens, then 8 + state 8 for one.
    expect(reports[1]!.validation!.meanLoss).toBe(16 / 4);
    expect(reports[1]!.validation!.perplexity).toBeCloseTo(Math.exp(4), 10);
    expect(given).toEqual([null, 10, null, 8, 19, null, 7]);
  });

  it("clips gradients to maxGradientNorm, and reports the norm before", async () => {
    const [report] = await run({ batches: epochs([batch(8, false)]), numSteps: 1, maxGradientNorm: 2 });
    expect(report!.gradientNorm).toBe(8);
    expect(weight.dataSync()[0]).toBeCloseTo(8, 5);
  });

  it("stops where its consumer leaves the loop, and leaves nothing behind", async () => {
    const optimizer = sgd({ learningRate: 1, momentum: 0.5 });
    for await (const { step } of train({
      parameters: { weight },
      batches: epochs([batch(1, true)]),
      loss,
      optimizer,
      numSteps: 9,
    })) {
      if (step === 2) break;
    }
    expect(given).toHaveLength(2);
    optimizer.dispose();
  });

  it("throws at a loss that is not finite, and leaves the parameters as they were", async () => {
    const batches = epochs([batch(1, false), batch(NaN, false)]);
    await expect(run({ batches, numEpochs: 1 })).rejects.toThrow(
      "train: loss and gradients must be finite, got a loss of NaN",
    );
    expect(weight.dataSync()[0]).toBe(9);
  });

  it("frees everything when the loss throws", async () => {
    const failing: typeof loss = (each, state) => {
      if (each.value === 2) throw new Error("broken model");
      return loss(each, state);
    };
    await expect(
      run({ batches: epochs([batch(1, false), batch(2, true)]), loss: failing, numEpochs: 1 }),
    ).rejects.toThrow("broken model");
  });

  it.each([
    [{}, "train: numSteps or numEpochs must be given, got neither"],
    [{ numSteps: 0 }, "train: numSteps must be a positive integer, got 0"],
    [{ numEpochs: 1.5 }, "train: numEpochs must be a positive integer, got 1.5"],
    [{ numSteps: 1, reportEvery: 0 }, "train: reportEvery must be a positive integer, got 0"],
    [
      { numSteps: 1, validation: { batches: [], every: 0 } },
      "train: validation.every must be a positive integer, got 0",
    ],
    [{ numSteps: 1, maxGradientNorm: 0 }, "train: maxGradientNorm must be positive, got 0"],
    [{ numSteps: 1, batches: { epoch: () => [] } }, "batches must not be empty, got none in epoch 0"],
  ])("refuses %o", async (options, message) => {
    await expect(run(options)).rejects.toThrow(message);
  });
});

describe("evaluate(options)", () => {
  it("sums losses over tokens and carries the state", async () => {
    const batches = [batch(1, false, 2), batch(2, true, 6)];
    const statistics = await evaluate({ batches, loss });
    expect(statistics).toEqual({ totalNats: 10 * 2 + 30 * 6, count: 8 });
    expect(perplexity(statistics)).toBeCloseTo(Math.exp(25), 0);
    expect(weight.dataSync()[0]).toBe(10);
  });

  it("of no batches counts no tokens", async () => {
    expect(await evaluate({ batches: [], loss })).toEqual({ totalNats: 0, count: 0 });
  });
});
