import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  BestParameters,
  checkpointFolder,
  latestCheckpoint,
  sgd,
  train,
  type CheckpointStore,
  type Loss,
  type TrainingReport,
  type TrainOptions,
} from "../src/index.ts";

interface Batch {
  readonly values: readonly number[];
  readonly isContinuation: boolean;
}

/** The mean squared error of one weight: its gradient is 2·(weight − mean of the values). A carried state counts the batches. */
let weight: tf.Variable;
let seen: number[];
const loss: Loss<Batch, { count: tf.Scalar }> = ({ values }, state) => {
  seen.push(state?.count.dataSync()[0] ?? 0);
  return tf.tidy(() => {
    const meanLoss: tf.Scalar = tf.mean(tf.square(tf.sub(tf.tensor1d([...values]), weight)));
    return { meanLoss, count: values.length, state: { count: tf.add<tf.Scalar>(state?.count ?? 0, 1) } };
  });
};
const batch = (...values: number[]): Batch => ({ values, isContinuation: true });

async function run(batches: Batch[], options: Partial<TrainOptions<Batch, { count: tf.Scalar }>> = {}) {
  const reports: TrainingReport[] = [];
  const optimizer = options.optimizer ?? sgd({ learningRate: 0.25 });
  const defaults = { parameters: { weight }, batches: { epoch: () => batches }, loss, optimizer, numEpochs: 1 };
  for await (const report of train({ ...defaults, ...options })) reports.push(report);
  optimizer.dispose();
  return { reports, value: weight.dataSync()[0]! };
}

beforeEach(() => {
  weight = tf.tidy(() => tf.variable(tf.scalar(8)));
  seen = [];
});
afterEach(() => {
  weight.dispose();
});

describe("train({ batchesPerStep })", () => {
  it("equals one big batch, whatever the sizes of the small ones", async () => {
    const whole = await run([batch(1, 2, 3, 4, 5, 6), batch(7, 8)]);
    tf.tidy(() => weight.assign(tf.scalar(8)));
    const parts = await run([batch(1), batch(2, 3, 4), batch(5, 6), batch(7), batch(8)], { batchesPerStep: 3 });
    expect(parts.reports).toHaveLength(2);
    expect(parts.value).toBeCloseTo(whole.value, 5);
    for (const [i, report] of parts.reports.entries()) {
      expect(report.meanLoss).toBeCloseTo(whole.reports[i]!.meanLoss, 4);
      expect(report.gradientNorm).toBeCloseTo(whole.reports[i]!.gradientNorm, 4);
    }
  });
});

describe("train({ maxGradientValue })", () => {
  it("clips each number of the gradient, before its norm is clipped", async () => {
    // The gradient is 2·(8 − 0) = 16, clipped to 4: 8 − 0.25·4.
    expect(await run([batch(0)], { maxGradientValue: 4 })).toMatchObject({
      value: 7,
      reports: [{ gradientNorm: 16 }],
    });
  });

  it("clips the mean over accumulated batches, not their sum", async () => {
    expect((await run([batch(0), batch(0)], { batchesPerStep: 2, maxGradientValue: 4 })).value).toBe(7);
  });

  it("leaves the norm of what it clipped to be clipped", async () => {
    const { value } = await run([batch(0)], { maxGradientValue: 4, maxGradientNorm: 2, clippingEpsilon: 0 });
    expect(value).toBe(7.5);
  });
});

describe("train({ maxSkippedSteps })", () => {
  const bad = batch(NaN);

  it("skips a step that is not finite, halves the learning rate for good, and begins with no state", async () => {
    const { reports, value } = await run([batch(0), bad, batch(0)], { maxSkippedSteps: 1 });
    // 8 − 0.25·16 = 4; skipped; 4 − 0.125·8 = 3.
    expect(value).toBe(3);
    expect(reports.map(({ numSkipped }) => numSkipped)).toEqual([0, 1, 0]);
    expect(reports.map(({ learningRate }) => learningRate)).toEqual([0.25, 0.25, 0.125]);
    expect(reports[1]!.meanLoss).toBeNaN();
    expect(seen).toEqual([0, 1, 0]);
  });

  it("counts in a row: one that succeeds between them starts afresh", async () => {
    const { reports } = await run([bad, batch(0), bad, batch(0)], { maxSkippedSteps: 1 });
    expect(reports.at(-1)!.learningRate).toBe(0.0625);
  });

  it("ends the run where there are more in a row, says where they began, and leaves the parameters alone", async () => {
    await expect(run([batch(0), bad, bad], { maxSkippedSteps: 1 })).rejects.toThrow(
      /^train: loss and gradients must be finite, got a loss of NaN .* at step 3, the last of 2 in a row from step 2 on$/,
    );
    expect(weight.dataSync()[0]).toBe(4);
  });
});

describe("train({ schedule })", () => {
  it("multiplies the learning rate by what the schedule gives for the step", async () => {
    const { reports, value } = await run([batch(0), batch(0)], { schedule: (step) => (step === 0 ? 1 : 0.5) });
    expect(reports.map(({ learningRate }) => learningRate)).toEqual([0.25, 0.125]);
    expect(value).toBe(3);
  });

  it.each([NaN, -1, Infinity])("refuses a schedule that gives %s, and leaves the parameters alone", async (factor) => {
    await expect(run([batch(0)], { schedule: () => factor })).rejects.toThrow(
      `train: schedule must give a finite factor of at least 0, got ${factor} for step index 0`,
    );
    expect(weight.dataSync()[0]).toBe(8);
  });
});

describe("train({ best })", () => {
  it("keeps the parameters of the lowest validation loss, which restore gives back", async () => {
    const best = new BestParameters();
    expect(() => best.restore({ weight })).toThrow("BestParameters.restore: no validation has been made");
    // The weight goes 8, 4, 2, then up to 10 by a wild value; the validation wants 2.
    const validation = { batches: [batch(2)], every: 1 };
    const { reports, value } = await run([batch(0), batch(0), batch(18)], { best, validation });
    expect(reports.map((report) => report.validation!.isBest)).toEqual([true, true, false]);
    expect(value).toBe(10);
    expect(best.score).toEqual({ step: 2, meanLoss: 0 });
    best.restore({ weight });
    expect(weight.dataSync()[0]).toBe(2);
    best.dispose();
    expect(best.score).toBeUndefined();
  });
});

it("latestCheckpoint refuses a checkpoint of another version of the format", async () => {
  const files = new Map<number, Uint8Array>();
  const store: CheckpointStore = {
    steps: async () => [...files.keys()],
    read: async (step) => files.get(step)!.slice(),
    write: async (step, bytes) => void files.set(step, bytes.slice()),
  };
  const checkpoints = { store, every: 1, fingerprint: null };
  await run([batch(0)], { checkpoints });
  expect((await latestCheckpoint(store))!.step).toBe(1);
  const { seal, NO_CHECKSUM } = await import("../src/checkpoints/seal.ts");
  const text = Buffer.from(files.get(1)!).toString("latin1");
  const changed = text.replace(/(\\"format\\":)1/, "$12").replace(/(\{"checksum":")[0-9a-f]{64}/, `$1${NO_CHECKSUM}`);
  const bytes = new Uint8Array(Buffer.from(changed, "latin1"));
  await seal(bytes);
  files.set(1, bytes);
  await expect(latestCheckpoint(store)).rejects.toThrow("latestCheckpoint: the format of step 1 must be 1, got 2");
});

it("checkpointFolder(path, { fs }) of a path that is not there has no checkpoints", async () => {
  const missing = async () => {
    throw Object.assign(new Error("ENOENT"), { code: "ENOENT" });
  };
  const fs = { readdir: missing, mkdir: missing, readFile: missing, open: missing, rename: missing, rm: missing };
  expect(await checkpointFolder("nowhere", { fs }).steps()).toEqual([]);
});
