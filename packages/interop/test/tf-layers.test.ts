import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  embeddingToKeras,
  linearToKeras,
  networkFromTfLayers,
  networkToTfLayers,
  type RecurrentNetwork,
  type Weight,
} from "../src/index.ts";
import { runNetwork } from "./plain-network.ts";
import { cases, modulesOf, source } from "./state-dict-cases.ts";

beforeAll(async () => {
  tf.enableProdMode(); // no advice to install the native TensorFlow
  await tf.setBackend("cpu");
});

const tensors = (weights: readonly Weight[]) => weights.map(({ shape, data }) => tf.tensor(data, [...shape]));

/** The layer of `tf.layers` that `networkToTfLayers` says to make for a layer of a network. */
function layerFor({ kind, layers }: RecurrentNetwork, index: number): tf.layers.Layer {
  const { forward, backward } = layers[index]!;
  const options = {
    units: forward.recurrentWeight.shape[1]!,
    recurrentActivation: "sigmoid" as const,
    useBias: forward.inputBias !== undefined,
    returnSequences: true,
  };
  const layer =
    kind === "lstm"
      ? tf.layers.lstm(options)
      : kind === "gru-reset-before"
        ? tf.layers.gru(options)
        : tf.layers.simpleRNN({ ...options, activation: kind === "rnn-relu" ? "relu" : "tanh" });
  return backward ? tf.layers.bidirectional({ layer, mergeMode: "concat" }) : layer;
}

/** What a layer of these weights makes of its inputs. */
function run(layer: tf.layers.Layer, weights: tf.Tensor[], inputs: tf.Tensor): tf.Tensor {
  layer.apply(inputs); // makes the weights that are to be set
  layer.setWeights(weights);
  const outputs = layer.apply(inputs) as tf.Tensor;
  layer.dispose();
  return outputs;
}

describe("networkToTfLayers(network)", () => {
  const whole = cases.filter(
    ({ kind, task, name, lengths, initialState }) =>
      kind !== "gru" &&
      task !== "classifier" &&
      !initialState &&
      !name.includes("proj_size") &&
      new Set(lengths).size === 1,
  );
  it("is shown by several models", () => expect(whole.length).toBeGreaterThanOrEqual(3));

  it.each(whole)(`gives layers that compute what ${source} does: $name`, (model) => {
    const { embedding, recurrent, output } = modulesOf(model);
    const weights = networkToTfLayers(recurrent);
    const logits = tf.tidy(() => {
      const ids = tf.tensor2d(
        model.ids.map((row) => [...row]),
        undefined,
        "int32",
      );
      let values: tf.Tensor = embedding
        ? tf.gather(tensors(embeddingToKeras(embedding))[0]!, ids)
        : tf.oneHot(ids, recurrent.layers[0]!.forward.inputWeight.shape[1]!);
      for (const index of recurrent.layers.keys()) {
        values = run(layerFor(recurrent, index), tensors(weights[index]!), values);
      }
      const dense = tf.layers.dense({ units: output.weight.shape[0]!, useBias: output.bias !== undefined });
      return run(dense, tensors(linearToKeras(output)), values).dataSync();
    });
    expectClose(logits, model.logits.values, { label: source });
  });
});

describe("networkFromTfLayers(kind, layers)", () => {
  it.each([
    ["rnn-tanh", 1, false, true],
    ["rnn-relu", 1, true, false],
    ["gru-reset-before", 3, false, true],
    ["gru-reset-before", 3, true, true],
    ["lstm", 4, true, true],
    ["lstm", 4, false, false],
  ] as const)(
    "is the network that a layer of tf.layers is: %s, %i gates, bidirectional %s, bias %s",
    (kind, gates, isBidirectional, useBias) => {
      const shapes = [[2, gates * 3], [3, gates * 3], ...(useBias ? [[gates * 3]] : [])];
      const drawn = [...shapes, ...(isBidirectional ? shapes : [])].map((shape, i) =>
        tf.randomNormal(shape, 0, 0.7, "float32", i + 1),
      );
      const weights = drawn.map((tensor): Weight => ({ shape: tensor.shape, data: tensor.dataSync() as Float32Array }));
      const network = networkFromTfLayers(kind, [weights]);
      const inputs = [
        [0.5, -1],
        [2, 0.25],
        [-0.75, 1],
      ];
      const outputs = tf.tidy(() => {
        return run(layerFor(network, 0), drawn, tf.tensor3d([inputs])).dataSync();
      });
      tf.dispose(drawn);
      expectClose(outputs, runNetwork(network, inputs).flat());
      expect(networkToTfLayers(network)).toEqual([weights]);
    },
  );
});

it("networkToTfLayers and networkFromTfLayers refuse the GRU that resets after the product", () => {
  const forward = {
    inputWeight: { shape: [3, 1], data: new Float32Array(3) },
    recurrentWeight: { shape: [3, 1], data: new Float32Array(3) },
  };
  const rule = "kind must be gru-reset-before, the only GRU of tf.layers, got gru";
  expect(() => networkToTfLayers({ kind: "gru", layers: [{ forward }] })).toThrow(
    new RangeError(`networkToTfLayers: ${rule}`),
  );
  expect(() => networkFromTfLayers("gru", [])).toThrow(new RangeError(`networkFromTfLayers: ${rule}`));
});
