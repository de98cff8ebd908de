import { affine } from "@rnnkit/ops";
import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { describe, expect, it } from "vitest";
import { bidirectionalLayers, gruCell, lstmCell, recurrentLayers, rnnCell, unroll } from "../src/index.ts";

const sizes = { inputSize: 3, hiddenSize: 4 };
const inputsOf = (batchSize: number, numSteps: number) =>
  tf.reshape(tf.sin(tf.range(0, batchSize * numSteps * 3)), [batchSize, numSteps, 3]) as tf.Tensor3D;

describe("dropout between layers", () => {
  it("multiplies what a layer hands on, anew in each step, and not what the last one gives", () => {
    const layers = recurrentLayers("gru", { ...sizes, numLayers: 2, dropout: 0.5, generator: xoshiro128(1) });
    tf.tidy(() => {
      const inputs = inputsOf(2, 5);
      const { between } = layers.drawNoise!(xoshiro128(7), { batchSize: 2, numSteps: 5 }) as { between: tf.Tensor3D[] };
      expect(between.map(({ shape }) => shape)).toEqual([[2, 5, 4]]);
      const steps = tf.unstack(between[0]!, 1).map((mask) => mask.dataSync().join());
      expect(new Set(steps).size).toBeGreaterThan(1);
      const [bottom, top] = layers.cells;
      const below = unroll(bottom!, inputs).outputs;
      const expected = unroll(top!, tf.mul<tf.Tensor3D>(below, between[0]!)).outputs;
      const { outputs } = unroll(layers, inputs, { isTraining: true, generator: xoshiro128(7) });
      expectClose(outputs.dataSync(), expected.dataSync());
    });
    layers.dispose();
  });

  it("drops the share that was asked for, and keeps the mean", () => {
    const layers = recurrentLayers("gru", {
      ...sizes,
      hiddenSize: 50,
      numLayers: 2,
      dropout: 0.2,
      generator: xoshiro128(1),
    });
    tf.tidy(() => {
      const { between } = layers.drawNoise!(xoshiro128(7), { batchSize: 20, numSteps: 20 }) as { between: tf.Tensor[] };
      const values = between[0]!.dataSync();
      expect(new Set(values)).toEqual(new Set([0, Math.fround(1.25)]));
      expect(values.filter((value) => value === 0).length / values.length).toBeCloseTo(0.2, 1);
    });
    layers.dispose();
  });
});

describe("variational dropout", () => {
  it("has one mask for all steps, of the inputs and of the hidden state in the recurrent product", () => {
    const cell = rnnCell({ ...sizes, inputDropout: 0.5, recurrentDropout: 0.5, generator: xoshiro128(1) });
    tf.tidy(() => {
      const masks = cell.drawNoise!(xoshiro128(7), { batchSize: 2, numSteps: 5 }) as Record<string, tf.Tensor3D>;
      expect([masks["inputs"]!.shape, masks["recurrent"]!.shape]).toEqual([
        [2, 1, 3],
        [2, 1, 4],
      ]);
      const inputs = inputsOf(2, 5);
      const { weight_ih, weight_hh, bias_ih, bias_hh } = cell.parameters as Record<string, never>;
      let hidden: tf.Tensor2D = tf.zeros([2, 4]);
      for (const input of tf.unstack(inputs, 1)) {
        const x: tf.Tensor2D = tf.mul(input, tf.squeeze(masks["inputs"]!, [1]));
        const h: tf.Tensor2D = tf.mul(hidden, tf.squeeze(masks["recurrent"]!, [1]));
        const products = [
          affine(x, { weight: weight_ih!, bias: bias_ih }),
          affine(h, { weight: weight_hh!, bias: bias_hh }),
        ];
        hidden = tf.tanh(tf.addN(products)) as tf.Tensor2D;
      }
      const { state } = unroll(cell, inputs, { isTraining: true, generator: xoshiro128(7) });
      expectClose(state.hidden.dataSync(), hidden.dataSync());
    });
    cell.dispose();
  });
});

describe("zoneout", () => {
  it("keeps some numbers of the state as they were in training, and a share of each in evaluation", () => {
    const rates = { hiddenZoneout: 0.4, cellZoneout: 0.3 };
    const cell = lstmCell({ ...sizes, ...rates, generator: xoshiro128(1) });
    const plain = lstmCell({ ...sizes, generator: xoshiro128(1) });
    tf.tidy(() => {
      const inputs = inputsOf(9, 1);
      const initialState = { hidden: tf.fill<tf.Rank.R2>([9, 4], 5), cell: tf.fill<tf.Rank.R2>([9, 4], 6) };
      const next = unroll(plain, inputs, { initialState }).state;
      const { state } = unroll(cell, inputs, { initialState });
      const trained = unroll(cell, inputs, { initialState, isTraining: true, generator: xoshiro128(2) }).state;
      for (const [name, rate] of [
        ["hidden", 0.4],
        ["cell", 0.3],
      ] as const) {
        const [moved, kept] = [next[name].dataSync(), initialState[name].dataSync()];
        expectClose(
          state[name].dataSync(),
          moved.map((value, i) => rate * kept[i]! + (1 - rate) * value),
        );
        const isKept = [...trained[name].dataSync()].map((value, i) => value === kept[i]);
        expect(new Set(isKept)).toEqual(new Set([true, false]));
        expectClose(
          trained[name].dataSync(),
          moved.map((value, i) => (isKept[i] ? kept[i]! : value)),
        );
      }
    });
    cell.dispose();
    plain.dispose();
  });
});

describe("training and evaluation", () => {
  const options = {
    ...sizes,
    numLayers: 2,
    dropout: 0.5,
    inputDropout: 0.3,
    recurrentDropout: 0.3,
    hiddenZoneout: 0.2,
  };

  it("unroll(network, inputs) evaluates unless it is told to train", () => {
    const layers = recurrentLayers("gru", { ...options, hiddenZoneout: 0, generator: xoshiro128(1) });
    const plain = recurrentLayers("gru", { ...sizes, numLayers: 2, generator: xoshiro128(1) });
    tf.tidy(() => {
      const inputs = inputsOf(2, 5);
      const expected = unroll(plain, inputs).outputs.dataSync();
      expect(unroll(layers, inputs, { generator: xoshiro128(1) }).outputs.dataSync()).toEqual(expected);
      const trained = unroll(layers, inputs, { isTraining: true, generator: xoshiro128(1) });
      expect(trained.outputs.dataSync()).not.toEqual(expected);
      expect(unroll(plain, inputs, { isTraining: true }).outputs.dataSync()).toEqual(expected);
    });
    layers.dispose();
    plain.dispose();
  });

  it.each([recurrentLayers, bidirectionalLayers])(
    "%o draws the same masks from a seed on every backend",
    async (make) => {
      const run = () => {
        const network = make("lstm", { ...options, generator: xoshiro128(1) });
        const values = tf.tidy(() => {
          return unroll(network as ReturnType<typeof recurrentLayers<"lstm">>, inputsOf(2, 5), {
            isTraining: true,
            generator: xoshiro128(4),
          }).outputs.dataSync();
        });
        network.dispose();
        return values;
      };
      const onCpu = run();
      await tf.setBackend("wasm");
      const onWasm = run();
      await tf.setBackend("cpu");
      expectClose(onWasm, onCpu);
    },
  );

  it("a cell without noise has none to draw", () => {
    const cell = gruCell({ ...sizes, generator: xoshiro128(1) });
    expect(cell.drawNoise).toBeUndefined();
    cell.dispose();
  });
});
