import { xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import {
  bidirectional,
  bidirectionalLayers,
  gruCell,
  lstmCell,
  perceptronCell,
  recurrentLayers,
  rnnCell,
  stack,
  unroll,
} from "../src/index.ts";

const sizes = { inputSize: 3, hiddenSize: 2, generator: xoshiro128(1) };

it.each([
  [() => rnnCell({ ...sizes, inputSize: 0 }), "rnnCell: inputSize must be a positive integer, got 0"],
  [() => gruCell({ ...sizes, hiddenSize: 2.5 }), "gruCell: hiddenSize must be a positive integer, got 2.5"],
  [() => lstmCell({ ...sizes, inputSize: -1 }), "lstmCell: inputSize must be a positive integer, got -1"],
  [() => lstmCell({ ...sizes, projectionSize: 0 }), "lstmCell: projectionSize must be a positive integer, got 0"],
  [() => rnnCell({ ...sizes, nonlinearity: "elu" as never }), "rnnCell: nonlinearity must be tanh or relu, got elu"],
  [() => rnnCell({ ...sizes, numBiases: 3 as never }), "rnnCell: numBiases must be one of 0, 1, 2, got 3"],
  [() => gruCell({ ...sizes, reset: "never" as never }), "gruCell: reset must be one of after, before, got never"],
  [
    () => gruCell({ ...sizes, initialization: "zeros" as never }),
    "gruCell: initialization must be one of pytorch, keras, d2l, got zeros",
  ],
  [() => gruCell({ ...sizes, inputDropout: 1 }), "gruCell: inputDropout must be at least 0 and below 1, got 1"],
  [() => gruCell({ ...sizes, recurrentDropout: -0.1 }), "gruCell: recurrentDropout must be at least 0 and below 1"],
  [() => gruCell({ ...sizes, hiddenZoneout: NaN }), "gruCell: hiddenZoneout must be at least 0 and below 1, got NaN"],
  [() => lstmCell({ ...sizes, cellZoneout: 2 }), "lstmCell: cellZoneout must be at least 0 and below 1, got 2"],
  [
    () => lstmCell({ ...sizes, numBiases: 0, forgetBias: 1 }),
    "lstmCell: forgetBias must be left out where there is no bias, got 1",
  ],
  [() => perceptronCell({ ...sizes, hiddenSize: 0 }), "perceptronCell: hiddenSize must be a positive integer, got 0"],
  [
    () => recurrentLayers("gru", { ...sizes, numLayers: 0 }),
    "recurrentLayers: numLayers must be a positive integer, got 0",
  ],
  [
    () => bidirectionalLayers("gru", { ...sizes, numLayers: 1.5 }),
    "bidirectionalLayers: numLayers must be a positive integer, got 1.5",
  ],
  [() => stack([]), "stack: cells must hold at least one cell, got none"],
])("refuses what is out of range: %s", (make, message) => {
  expect(make).toThrow(message);
});

it.each([recurrentLayers, bidirectionalLayers])(
  "%o refuses dropout between the layers of one layer, and frees what it made",
  (make) => {
    const message = "dropout must be 0 where one layer has none to hand on to, got 0.5";
    expect(() => make("gru", { ...sizes, dropout: 0.5 })).toThrow(message);
  },
);

it("stack(cells) refuses a cell that does not fit on the one below", () => {
  const cells = [1, 2].map((inputSize) => gruCell({ ...sizes, inputSize, hiddenSize: 3 }));
  expect(() => stack(cells)).toThrow("stack: cell 1 must have the inputSize 3 of the output below it, got 2");
  const narrowing = [gruCell({ ...sizes, hiddenSize: 3 }), gruCell({ ...sizes, inputSize: 3 })];
  expect(() => stack(narrowing, { isResidual: true })).toThrow(
    "stack: cell 1 must have the outputSize 3 of its input, which is added, got 2",
  );
  for (const each of [...cells, ...narrowing]) each.dispose();
});

it("bidirectional({forward, backward}) refuses cells that read different inputs", () => {
  const [forward, backward] = [1, 2].map((inputSize) => gruCell({ ...sizes, inputSize }));
  expect(() => bidirectional({ forward: forward!, backward: backward! })).toThrow(
    "bidirectional: backward must have the inputSize 1 of forward, got 2",
  );
  forward!.dispose();
  backward!.dispose();
});

it("unroll(network, inputs) refuses bad inputs and readings", () => {
  const cell = gruCell({ ...sizes, inputDropout: 0.5 });
  const both = bidirectionalLayers("gru", sizes);
  tf.tidy(() => {
    const inputs = tf.zeros<tf.Rank.R3>([2, 4, 3]);
    expect(() => unroll(cell, tf.zeros<tf.Rank.R3>([2, 4, 5]))).toThrow(
      "unroll: inputs must have shape [B, T, I=3] or, as ids, [B, T], got [2, 4, 5]",
    );
    expect(() => unroll(cell, tf.zeros<tf.Rank.R2>([2, 4]))).toThrow(
      "unroll: inputs must be int32 as [B, T] ids, got float32",
    );
    expect(() => unroll(cell, inputs, { lengths: [1, 5] })).toThrow(
      "lengths must be integers from 0 to 4, got 5 for row 1",
    );
    expect(() => unroll(cell, inputs, { isTraining: true })).toThrow(
      "unroll: generator must be given to train a network with dropout or zoneout, got none",
    );
    expect(() => unroll(both, inputs, { isReverse: true })).toThrow(
      "unroll: isReverse must be false for a network of both directions, got true",
    );
    expect(() => unroll(cell, inputs, { initialState: cell.zeroState(3) })).toThrow(/must have shape/);
  });
  cell.dispose();
  both.dispose();
});
