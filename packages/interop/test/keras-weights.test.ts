import { expectClose, golden } from "@rnnkit/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  embeddingFromKeras,
  embeddingToKeras,
  linearFromKeras,
  linearToKeras,
  networkFromKeras,
  networkToKeras,
  type RecurrentNetworkKind,
  type Weight,
} from "../src/index.ts";
import { kindOf, weightsOf, type KerasCase } from "./keras-cases.ts";
import { runModel } from "./plain-network.ts";

const weight = (...shape: number[]): Weight => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
});

describe.each(["keras-layers", "keras-2-layers"])("%s", (name) => {
  const { source, cases } = golden<readonly KerasCase[]>(import.meta.url, name);

  it.each(cases)(`networkFromKeras gives the network that computes what ${source} does: $name`, (model) => {
    const [embedding, ...layers] = model.layers.map(weightsOf) as [Weight[], ...Weight[][]];
    const output = linearFromKeras(layers.pop()!);
    const recurrent = networkFromKeras(kindOf(model), layers);
    const logits = model.ids.map((ids) =>
      runModel({ embedding: embeddingFromKeras(embedding), recurrent, output }, ids),
    );
    expectClose(logits.flat(2), model.logits.values, { tolerance: 1e-6, label: source });
  });

  it.each(cases)("networkToKeras(networkFromKeras(kind, layers)) is the same weights to the bit: $name", (model) => {
    const [embedding, ...layers] = model.layers.map(weightsOf) as [Weight[], ...Weight[][]];
    const dense = layers.pop()!;
    expect(networkToKeras(networkFromKeras(kindOf(model), layers))).toEqual(layers);
    expect(linearToKeras(linearFromKeras(dense))).toEqual(dense);
    expect(embeddingToKeras(embeddingFromKeras(embedding))).toEqual(embedding);
  });
});

it("networkFromKeras(networkToKeras(network)) computes the same, for any sizes, kind, biases and directions", () => {
  const kinds = { "rnn-tanh": 1, "rnn-relu": 1, gru: 3, "gru-reset-before": 3, lstm: 4 } as const;
  const size = fc.integer({ min: 1, max: 4 });
  const options = fc.record({
    kind: fc.constantFrom(...(Object.keys(kinds) as RecurrentNetworkKind[])),
    inputSize: size,
    hiddenSize: size,
    hasInputBias: fc.boolean(),
    hasRecurrentBias: fc.boolean(),
    hasBackward: fc.boolean(),
  });
  fc.assert(
    fc.property(options, ({ kind, inputSize, hiddenSize, hasInputBias, hasRecurrentBias, hasBackward }) => {
      const rows = kinds[kind] * hiddenSize;
      const direction = {
        inputWeight: weight(rows, inputSize),
        recurrentWeight: weight(rows, hiddenSize),
        ...(hasInputBias && { inputBias: weight(rows) }),
        ...(hasRecurrentBias && { recurrentBias: weight(rows) }),
      };
      const layer = { forward: direction, ...(hasBackward && { backward: direction }) };
      const [again] = networkFromKeras(kind, networkToKeras({ kind, layers: [layer] })).layers;
      expect(again!.backward !== undefined).toBe(hasBackward);
      const { inputWeight, recurrentWeight, inputBias, recurrentBias } = again!.forward;
      expect([inputWeight, recurrentWeight]).toEqual([direction.inputWeight, direction.recurrentWeight]);
      const sum = (...biases: (Weight | undefined)[]) =>
        Array.from({ length: rows }, (_, i) => biases.reduce((total, bias) => total + (bias?.data[i] ?? 0), 0));
      expect(sum(inputBias, recurrentBias)).toEqual(sum(direction.inputBias, direction.recurrentBias));
      expect(sum(recurrentBias)).toEqual(sum(kind === "gru" ? direction.recurrentBias : undefined));
    }),
    { seed: 7 },
  );
});

describe("networkFromKeras refuses", () => {
  it.each([
    ["lstm", [[weight(2, 4)]], "layer 0 must have 2, 3, 4 or 6 weights, got 1"],
    ["lstm", [[]], "layer 0 must have 2, 3, 4 or 6 weights, got 0"],
    ["lstm", [[weight(2, 4), weight(1, 3)]], "layer 0 recurrent kernel must have shape [H, G·H=4], got [1, 3]"],
    ["lstm", [[weight(2, 3), weight(1, 4)]], "layer 0 kernel must have shape [I, G·H=4], got [2, 3]"],
    ["lstm", [[weight(2, 4), weight(1, 4), weight(3)]], "layer 0 bias must have shape [G·H=4], got [3]"],
    ["gru", [[weight(2, 3), weight(1, 3), weight(3)]], "layer 0 bias must have shape [biases=2, G·H=3], got [3]"],
    [
      "gru-reset-before",
      [[weight(2, 3), weight(1, 3), weight(2, 3)]],
      "layer 0 bias must have shape [G·H=3], got [2, 3]",
    ],
    [
      "gru",
      [
        [weight(2, 3), weight(1, 3)],
        [weight(2, 3), weight(1, 3)],
      ],
      "layer 1 inputWeight must have shape [G·H=3, I=1], got [3, 2]",
    ],
    ["gru", [], "layers must hold at least one layer, got none"],
  ] as [RecurrentNetworkKind, Weight[][], string][])("%s of %o", (kind, layers, message) => {
    expect(() => networkFromKeras(kind, layers)).toThrow(new RangeError(`networkFromKeras: ${message}`));
  });
});

it("networkToKeras refuses a projection", () => {
  const forward = { inputWeight: weight(8, 2), recurrentWeight: weight(8, 1), projectionWeight: weight(1, 2) };
  expect(() => networkToKeras({ kind: "lstm", layers: [{ forward }] })).toThrow(
    new RangeError("networkToKeras: layer 0 must have no projection, which Keras lacks, got one"),
  );
});

it("linearFromKeras and embeddingFromKeras refuse another number of weights", () => {
  expect(() => linearFromKeras([])).toThrow(new RangeError("linearFromKeras: weights must be 1 or 2, got 0"));
  expect(() => linearFromKeras([weight(2, 3), weight(2)])).toThrow(
    "linearFromKeras: bias must have shape [outputs=3], got [2]",
  );
  expect(() => embeddingFromKeras([weight(1, 1), weight(1)])).toThrow(
    new RangeError("embeddingFromKeras: weights must be 1, got 2"),
  );
});
