import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import {
  bidirectional,
  bidirectionalLayers,
  gruCell,
  lstmCell,
  rnnCell,
  unroll,
  type Cell,
  type CellState,
} from "../src/index.ts";

const sizes = { inputSize: 3, hiddenSize: 4 };
const inputsOf = (batchSize: number, numSteps: number) =>
  tf.reshape(tf.sin(tf.range(0, batchSize * numSteps * 3)), [batchSize, numSteps, 3]) as tf.Tensor3D;

const CELLS: Record<string, () => Cell<CellState>> = {
  rnn: () => rnnCell({ ...sizes, generator: xoshiro128(1) }),
  "gru with dropout and zoneout": () =>
    gruCell({ ...sizes, inputDropout: 0.4, recurrentDropout: 0.4, hiddenZoneout: 0.2, generator: xoshiro128(2) }),
  "gru that resets before": () => gruCell({ ...sizes, reset: "before", generator: xoshiro128(3) }),
  "projected lstm with peepholes": () =>
    lstmCell({ ...sizes, projectionSize: 2, hasPeepholes: true, generator: xoshiro128(4) }),
};

/** The same cell without a way of its own through a sequence. */
const stepwise = (cell: Cell<CellState>): Cell<CellState> => ({
  inputSize: cell.inputSize,
  outputSize: cell.outputSize,
  parameters: cell.parameters,
  ...(cell.drawNoise && { drawNoise: cell.drawNoise }),
  zeroState: (batchSize) => cell.zeroState(batchSize),
  step: (inputs, state, noise) => cell.step(inputs, state, noise),
  dispose: () => cell.dispose(),
});

describe.each(Object.entries(CELLS))("bidirectional({forward, backward}) of %s", (_, make) => {
  it.each([false, true])("gives step by step what it gives at once, isTraining %s", (isTraining) => {
    const cells = { forward: make(), backward: make() };
    const network = bidirectional(cells);
    const slow = bidirectional({ forward: stepwise(cells.forward), backward: stepwise(cells.backward) });
    tf.tidy(() => {
      const options = { isTraining, lengths: [2, 4, 1] };
      const inputs = inputsOf(3, 4);
      const actual = unroll(network, inputs, { ...options, generator: xoshiro128(5) });
      const expected = unroll(slow, inputs, { ...options, generator: xoshiro128(5) });
      expect(actual.outputs.shape).toEqual([3, 4, network.outputSize]);
      expectClose(actual.outputs.dataSync(), expected.outputs.dataSync());
      const weights = Object.values(network.parameters);
      const gradients = [network, slow].map((each) => {
        const loss = () =>
          tf.sum(tf.square(unroll(each, inputs, { ...options, generator: xoshiro128(5) }).outputs)) as tf.Scalar;
        const { grads } = tf.variableGrads(loss, weights);
        return weights.map(({ name }) => grads[name]!.dataSync());
      });
      for (const [i, values] of gradients[1]!.entries()) expectClose(gradients[0]![i]!, values, { tolerance: 1e-4 });
    });
    network.dispose();
  });

  it("reads the reversed rows in the backward direction", () => {
    const network = bidirectional({ forward: make(), backward: make() });
    tf.tidy(() => {
      const inputs = inputsOf(2, 4);
      const { outputs, state } = unroll(network, inputs);
      const turned = unroll(network, tf.reverse(inputs, 1));
      // Both cells have the same parameters: what one says of the reversed rows, the other says of the rows.
      const [ahead, back] = tf.split(outputs, 2, 2);
      const [turnedAhead, turnedBack] = tf.split(turned.outputs, 2, 2);
      expectClose(back!.dataSync(), tf.reverse(turnedAhead!, 1).dataSync());
      expectClose(ahead!.dataSync(), tf.reverse(turnedBack!, 1).dataSync());
      const hidden = (from: CellState) => (from as { hidden: tf.Tensor }).hidden.dataSync();
      expectClose(hidden(state.backward), hidden(turned.state.forward));
    });
    network.dispose();
  });
});

describe("bidirectionalLayers(kind, ...)", () => {
  it("has PyTorch's parameters in PyTorch's order, each layer as wide as both directions below", () => {
    const network = bidirectionalLayers("lstm", {
      ...sizes,
      numLayers: 2,
      projectionSize: 2,
      generator: xoshiro128(1),
    });
    const names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];
    expect(Object.keys(network.parameters)).toEqual(
      ["_l0", "_l0_reverse", "_l1", "_l1_reverse"].flatMap((suffix) => names.map((name) => `${name}${suffix}`)),
    );
    expect(network.parameters["weight_ih_l1_reverse"]!.shape).toEqual([16, 4]);
    expect(network.outputSize).toBe(4);
    network.dispose();
    expect(() => network.parameters).toThrow(/already disposed/);
  });

  it("names the states of every layer and direction", () => {
    const network = bidirectionalLayers("lstm", { ...sizes, numLayers: 2, dropout: 0.5, generator: xoshiro128(1) });
    tf.tidy(() => {
      const { state } = unroll(network, inputsOf(2, 3), { isTraining: true, generator: xoshiro128(2) });
      expect(state.map((layer) => [layer.forward.hidden.shape, layer.backward.cell.shape])).toEqual([
        [
          [2, 4],
          [2, 4],
        ],
        [
          [2, 4],
          [2, 4],
        ],
      ]);
    });
    network.dispose();
  });

  it("leaves nothing behind but its results", () => {
    const network = bidirectionalLayers("gru", { ...sizes, numLayers: 2, isResidual: true, generator: xoshiro128(1) });
    const inputs = tf.tidy(() => inputsOf(2, 3));
    const before = tf.memory().numTensors;
    const { outputs, state } = unroll(network, inputs, { lengths: [1, 3] });
    expect(tf.memory().numTensors - before).toBe(1 + 4);
    tf.dispose([outputs, inputs, state as never]);
    network.dispose();
  });
});
