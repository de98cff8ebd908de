import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { binaryCrossEntropy, crossEntropyLoss, IGNORED_TARGET, meanSquaredError } from "../src/index.ts";

interface GoldenTensor {
  readonly shape: [number, number];
  readonly values: number[];
}

interface Cases {
  readonly logits: GoldenTensor;
  readonly targets: GoldenTensor;
  readonly lengths: number[];
  readonly values: GoldenTensor;
  readonly real: GoldenTensor;
  readonly yes: GoldenTensor;
  readonly losses: Record<
    string,
    { readonly meanLoss: number; readonly objective: number; readonly gradient: number[] }
  >;
}

const { source, cases } = golden<Cases>(import.meta.url, "losses");
const { logits, lengths, values, real, yes } = cases;
const targets = Int32Array.from(cases.targets.values);
const { shape } = cases.targets;
const mask = [1, 1, 1, 1, 0, 0]; // of the lengths

describe(`crossEntropyLoss(logits, batch, options) is that of ${source}`, () => {
  it.each([
    ["mean", {}],
    ["smoothed", { labelSmoothing: 0.1 }],
    ["d2l", { reduction: "d2l" as const }],
  ])("%s", (name, options) => {
    const expected = cases.losses[name]!;
    tf.tidy(() => {
      const run = (rows: tf.Tensor) => crossEntropyLoss(rows as tf.Tensor2D, { targets, shape, lengths }, options);
      const rows = tf.tensor2d(logits.values, logits.shape);
      const { meanLoss, objective = meanLoss, count } = run(rows);
      expect(count).toBe(4);
      expectClose(meanLoss.dataSync(), [expected.meanLoss], { label: "mean", source });
      expectClose(objective.dataSync(), [expected.objective], { label: "objective", source });
      const gradient = tf.grad((x) => run(x).objective ?? run(x).meanLoss)(rows);
      expectClose(gradient.dataSync(), expected.gradient, { label: "gradient", source });
    });
  });

  it("counts what is ignored as what lies beyond a length", () => {
    tf.tidy(() => {
      const rows = tf.tensor2d(logits.values, logits.shape);
      const ignored = targets.map((target, i) => (mask[i] ? target : IGNORED_TARGET));
      const { meanLoss, count } = crossEntropyLoss(rows, { targets: ignored, shape });
      expect(count).toBe(4);
      expectClose(meanLoss.dataSync(), [cases.losses["mean"]!.meanLoss], { label: "mean", source });
    });
  });
});

describe("crossEntropyLoss(logits, batch, options) refuses", () => {
  it.each([
    [
      "a batch of which nothing counts",
      { targets: new Int32Array(6).fill(-100) },
      "targets must hold one that counts, got 6",
    ],
    ["a row of no steps", { lengths: [3, 0] }, "lengths must be from 1 to 3, got 0 at index 1"],
    ["a row that is too long", { lengths: [4, 1] }, "lengths must be from 1 to 3, got 4 at index 0"],
    ["lengths of other rows", { lengths: [3] }, "lengths must hold 2 values, [2], got 1"],
    [
      "a target that is no class",
      { targets: Int32Array.of(0, 4, 0, 0, 0, 0) },
      "targets must hold ids from 0 to 3, got 4",
    ],
    ["other logits", { targets: new Int32Array(4), shape: [2, 2], lengths: [1, 1] }, "logits must have 4 rows, got 6"],
    ["a reduction that is none", { reduction: "sum" as never }, "reduction must be mean or d2l, got sum"],
  ])("%s", (_, change, message) => {
    const rows = tf.zeros<tf.Rank.R2>([6, 4]);
    const { reduction, ...batch } = { targets, shape, lengths, reduction: "mean" as const, ...change };
    const run = () => tf.tidy(() => void crossEntropyLoss(rows, batch as never, { reduction }));
    expect(run).toThrow(`crossEntropyLoss: ${message}`);
    rows.dispose();
  });
});

describe.each([
  ["meanSquaredError", meanSquaredError, 1, real],
  ["binaryCrossEntropy", binaryCrossEntropy, 40, yes],
] as const)("%s(values, { targets, mask })", (name, loss, factor, target) => {
  it.each(["", ", masked"])(`is that of ${source}%s`, (suffix) => {
    const expected = cases.losses[`${name}${suffix}`]!;
    tf.tidy(() => {
      const options = { targets: tf.tensor2d(target.values, target.shape), ...(suffix && { mask }) };
      const run = (x: tf.Tensor) => loss(tf.mul(x, factor), options);
      const x = tf.tensor2d(values.values, values.shape);
      expectClose(run(x).dataSync(), [expected.meanLoss], { label: name, source });
      expectClose(tf.grad(run)(x).dataSync(), expected.gradient, { label: "gradient", source });
    });
  });

  it("refuses other shapes, and a mask that keeps nothing", () => {
    tf.tidy(() => {
      const x = tf.zeros([2, 3]);
      expect(() => loss(x, { targets: tf.zeros([3, 2]) })).toThrow(
        `${name}: targets must have shape [2, 3], got [3, 2]`,
      );
      expect(() => loss(x, { targets: x, mask: [0, 0, 0, 0, 0, 0] })).toThrow(`${name}: mask must keep a value`);
      expect(() => loss(x, { targets: x, mask: [1] })).toThrow(`${name}: mask must hold 6 values`);
    });
  });
});
