import { timeStep } from "@rnnkit/ops";
import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { gradientFlow, recurrentLayers, unroll, type CellState, type Unrolled } from "../src/index.ts";

const sizes = { inputSize: 3, hiddenSize: 4 };
const inputsOf = (batchSize: number, numSteps: number) =>
  tf.reshape(tf.sin(tf.range(0, batchSize * numSteps * 3)), [batchSize, numSteps, 3]) as tf.Tensor3D;
const sumOfLast = ({ outputs }: Unrolled<CellState>) =>
  tf.sum(tf.square(timeStep(outputs, outputs.shape[1] - 1))) as tf.Scalar;

describe("gradientFlow(layers, inputs, {loss})", () => {
  it.each(["rnn-tanh", "gru", "lstm"] as const)(
    "is the gradient by the state in which the rest of the sequence begins: %s",
    (kind) => {
      const layers = recurrentLayers(kind, { ...sizes, generator: xoshiro128(1) });
      tf.tidy(() => {
        const inputs = inputsOf(2, 5);
        const [norms] = gradientFlow(layers, inputs, { loss: sumOfLast }) as Record<string, tf.Tensor>[];
        for (let t = 0; t < 4; t++) {
          const { state } = unroll(layers, tf.slice(inputs, [0, 0, 0], [2, t + 1, 3]));
          const rest = tf.slice(inputs, [0, t + 1, 0], [2, 4 - t, 3]);
          const begin = state[0] as Record<string, tf.Tensor>;
          for (const name of Object.keys(begin)) {
            const loss = (x: tf.Tensor) =>
              sumOfLast(unroll(layers, rest, { initialState: [{ ...begin, [name]: x }] as never }));
            const expected = tf.norm(tf.grad(loss)(begin[name]!)).dataSync();
            expectClose([norms![name]!.dataSync()[t]!], expected, { tolerance: 1e-4, label: `${name} at ${t}` });
          }
        }
      });
      layers.dispose();
    },
  );

  it("counts what goes up through the layers above in the same step", () => {
    const layers = recurrentLayers("rnn-tanh", { ...sizes, numLayers: 2, generator: xoshiro128(1) });
    tf.tidy(() => {
      layers.parameters["weight_hh_l0"]!.assign(tf.zeros([4, 4])); // so that nothing flows along the layer itself
      const inputs = inputsOf(2, 5);
      const [bottom] = gradientFlow(layers, inputs, { loss: sumOfLast });
      const [lower, upper] = layers.cells;
      const loss = (x: tf.Tensor) => sumOfLast(unroll(upper!, x as tf.Tensor3D));
      const gradient = tf.grad(loss)(unroll(lower!, inputs).outputs) as tf.Tensor3D;
      const expected = [0, 1, 2, 3, 4].map((t) => tf.norm(timeStep(gradient, t)).dataSync()[0]!);
      expectClose(bottom!.hidden.dataSync(), expected, { tolerance: 1e-4 });
    });
    layers.dispose();
  });

  it("vanishes towards the beginning with small recurrent weights, and explodes with large ones", () => {
    const layers = recurrentLayers("rnn-relu", { ...sizes, numBiases: 0, generator: xoshiro128(1) });
    tf.tidy(() => {
      const inputs = tf.ones<tf.Rank.R3>([2, 6, 3]);
      layers.parameters["weight_ih_l0"]!.assign(tf.ones([4, 3]));
      for (const [scale, ratio] of [
        [0.5, 0.5],
        [2, 2],
      ] as const) {
        layers.parameters["weight_hh_l0"]!.assign(tf.mul(tf.eye(4), scale));
        const [norms] = gradientFlow(layers, inputs, { loss: sumOfLast });
        const values = norms!.hidden.dataSync();
        for (let t = 0; t < 5; t++) expect(values[t]! / values[t + 1]!).toBeCloseTo(ratio, 4);
      }
    });
    layers.dispose();
  });

  it("is 0 beyond a row's length, and sees dropout, residual layers and ids", () => {
    const options = { ...sizes, numLayers: 2, dropout: 0.5, isResidual: true, generator: xoshiro128(1) };
    const layers = recurrentLayers("lstm", options);
    tf.tidy(() => {
      const loss = ({ outputs }: Unrolled<CellState>) => tf.sum(tf.square(outputs)) as tf.Scalar;
      const ids = tf.tensor2d([0, 1, 2, 0, 2, 1, 0, 1], [2, 4], "int32");
      const norms = gradientFlow(layers, ids, { loss, lengths: [2, 3], isTraining: true, generator: xoshiro128(2) });
      for (const { hidden, cell } of norms) {
        const values = [...hidden.dataSync()];
        expect(values.slice(0, 3).every((value) => value > 0)).toBe(true);
        expect([values[3], cell.dataSync()[3]]).toEqual([0, 0]);
      }
    });
    layers.dispose();
  });

  it("leaves nothing behind but the norms", () => {
    const layers = recurrentLayers("lstm", { ...sizes, numLayers: 2, generator: xoshiro128(1) });
    const inputs = tf.tidy(() => inputsOf(2, 3));
    const before = tf.memory().numTensors;
    const norms = gradientFlow(layers, inputs, { loss: sumOfLast });
    expect(tf.memory().numTensors - before).toBe(4);
    tf.dispose([inputs, norms as never]);
    layers.dispose();
  });
});
