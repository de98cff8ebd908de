import { expectClose } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import {
  decodeSafetensors,
  encodeSafetensors,
  modulesFromStateDict,
  modulesToStateDict,
  networkFromStateDict,
  networkToStateDict,
  tensorsFromWeights,
  weightsFromTensors,
  type RecurrentNetwork,
  type RecurrentNetworkKind,
  type Weight,
} from "../src/index.ts";
import { runModel } from "./plain-network.ts";
import { cases, fileOf, modulesOf, source } from "./state-dict-cases.ts";

const weight = (...shape: number[]): Weight => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
});

/** A network of one layer in one direction, with I = 2 and H = 1. */
function network(kind: RecurrentNetworkKind, rows: number): RecurrentNetwork {
  return { kind, layers: [{ forward: { inputWeight: weight(rows, 2), recurrentWeight: weight(rows, 1) } }] };
}

describe(`state dictionaries of ${source}`, () => {
  const taggers = cases.filter(({ task, initialState }) => task !== "classifier" && !initialState);
  it("are not few", () => expect(taggers.length).toBeGreaterThanOrEqual(10));

  it.each(taggers)("modulesFromStateDict gives the modules that compute what PyTorch does: $name", (model) => {
    const modules = modulesOf(model);
    const [, numSteps, numClasses] = model.logits.shape as [number, number, number];
    for (const [row, length] of model.lengths.entries()) {
      const start = row * numSteps * numClasses;
      const logits = runModel(modules, model.ids[row]!.slice(0, length)).flat();
      expectClose(logits, model.logits.values.slice(start, start + length * numClasses), { tolerance: 1e-9 });
    }
  });

  it.each(cases)("encodeSafetensors(modulesToStateDict(modules)) is PyTorch's file to the bit: $name", (model) => {
    const { recurrent: rnn, ...modules } = modulesOf(model);
    const tensors = tensorsFromWeights(modulesToStateDict({ ...modules, rnn }));
    expect(encodeSafetensors(tensors, { metadata: { format: "pt" } })).toEqual(fileOf(model));
  });

  it.each(cases)("networkFromStateDict reads off layers, directions, biases and projection: $name", (model) => {
    const { tensors } = decodeSafetensors(fileOf(model));
    const { layers } = networkFromStateDict(weightsFromTensors(tensors), { kind: model.kind, prefix: "rnn." });
    const names = [...tensors.keys()];
    const has = (part: string) => names.some((name) => name.includes(part));
    expect(layers.length).toBe(names.filter((name) => /weight_ih_l\d+$/.test(name)).length);
    for (const { forward, backward } of layers) {
      expect([
        backward !== undefined,
        "inputBias" in forward,
        "recurrentBias" in forward,
        "projectionWeight" in forward,
      ]).toEqual([has("_reverse"), has("bias_ih"), has("bias_hh"), has("weight_hr")]);
    }
  });
});

it('modulesFromStateDict with the path "" reads a module that is the whole model', () => {
  const stateDict = { weight: weight(2, 3), bias: weight(2) };
  const modules = modulesFromStateDict(stateDict, { "": "linear" });
  expect(modules[""].bias).toBe(stateDict.bias);
  expect(Object.fromEntries(modulesToStateDict(modules))).toEqual(stateDict);
});

it("networkToStateDict writes zeros for a bias that is missing, in every layer and direction", () => {
  const { layers, kind } = network("lstm", 4);
  const forward = { ...layers[0]!.forward, inputBias: weight(4) };
  const stateDict = networkToStateDict({ kind, layers: [{ forward, backward: layers[0]!.forward }] }, { prefix: "a." });
  expect([...stateDict.keys()]).toEqual(
    ["", "_reverse"].flatMap((end) =>
      ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map((name) => `a.${name}_l0${end}`),
    ),
  );
  expect(stateDict.get("a.bias_ih_l0")).toBe(forward.inputBias);
  for (const name of ["a.bias_hh_l0", "a.bias_ih_l0_reverse", "a.bias_hh_l0_reverse"]) {
    expect(stateDict.get(name)).toEqual({ shape: [4], data: new Float32Array(4) });
  }
});

it("networkToStateDict keeps float64 arrays, zeros included", () => {
  const wide = ({ shape, data }: Weight): Weight => ({ shape, data: Float64Array.from(data) });
  const { inputWeight, recurrentWeight } = network("gru", 3).layers[0]!.forward;
  const forward = {
    inputWeight: wide(inputWeight),
    recurrentWeight: wide(recurrentWeight),
    recurrentBias: wide(weight(3)),
  };
  const stateDict = networkToStateDict({ kind: "gru", layers: [{ forward }] });
  expect([...stateDict.values()].every(({ data }) => data instanceof Float64Array)).toBe(true);
});

describe("networkFromStateDict refuses", () => {
  const complete = Object.fromEntries(networkToStateDict(network("lstm", 4)));
  it.each([
    ["no weights", {}, "stateDict must hold weight_ih_l0, got none"],
    ["a layer that has only a bias", { bias_ih_l0: weight(4) }, "weight_ih_l0 must be there, got none"],
    [
      "a layer beyond a gap",
      { ...complete, weight_ih_l2: weight(4, 1) },
      "weight_ih_l2 must belong to a layer, got no such layer",
    ],
    [
      "a backward direction of no layer",
      { ...complete, weight_hh_l7_reverse: weight(4, 1) },
      "weight_hh_l7_reverse must belong",
    ],
    ["an unknown weight", { ...complete, weight_xx_l0: weight(4) }, "weight_xx_l0 must belong to a layer"],
    [
      "one direction above two",
      {
        ...complete,
        weight_ih_l0_reverse: weight(4, 2),
        weight_hh_l0_reverse: weight(4, 1),
        weight_ih_l1: weight(4, 2),
        weight_hh_l1: weight(4, 1),
      },
      "layer 1 must have two directions as layer 0 has",
    ],
    [
      "a backward direction of another width",
      { ...complete, weight_ih_l0_reverse: weight(8, 2), weight_hh_l0_reverse: weight(8, 2) },
      "layer 0 must be as wide backward as forward, got 2 and 1",
    ],
    [
      "weights of another kind",
      Object.fromEntries(networkToStateDict(network("gru", 3))),
      "layer 0 recurrentWeight must have 4 blocks of H rows, got 3 rows for lstm",
    ],
    [
      "a second layer of another width",
      { ...complete, weight_ih_l1: weight(4, 2), weight_hh_l1: weight(4, 1) },
      "layer 1 inputWeight must have shape [G·H=4, I=1], got [4, 2]",
    ],
    [
      "a bias of another size",
      { ...complete, bias_ih_l0: weight(3) },
      "layer 0 inputBias must have shape [G·H=4], got [3]",
    ],
    [
      "a projection of another width",
      { ...complete, weight_hr_l0: weight(2, 1) },
      "layer 0 projectionWeight must have shape [P=1, H=1], got [2, 1]",
    ],
    [
      "data that does not fill its shape",
      { ...complete, bias_ih_l0: { shape: [4], data: new Float32Array(3) } },
      "layer 0 inputBias must have data of 4 elements for its shape, got 3",
    ],
  ])("%s", (_, stateDict, message) => {
    const call = () => networkFromStateDict(stateDict as Record<string, Weight>, { kind: "lstm" });
    expect(call).toThrow(RangeError);
    expect(call).toThrow(`networkFromStateDict: ${message}`);
  });

  it("a kind that there is not, and data that are no floats", () => {
    expect(() => networkFromStateDict(complete, { kind: "toString" as never })).toThrow(
      'networkFromStateDict: kind must be one of rnn-tanh, rnn-relu, gru, gru-reset-before, lstm, got "toString"',
    );
    const integers = { ...complete, bias_ih_l0: { shape: [4], data: new Int32Array(4) } as never };
    expect(() => networkFromStateDict(integers, { kind: "lstm" })).toThrow(TypeError);
  });

  it("a projection in anything but an LSTM", () => {
    const projected = { ...Object.fromEntries(networkToStateDict(network("gru", 3))), weight_hr_l0: weight(1, 1) };
    expect(() => networkFromStateDict(projected, { kind: "gru" })).toThrow(
      "networkFromStateDict: layer 0 projectionWeight must be absent in a gru, got one",
    );
  });
});

it("networkToStateDict refuses a GRU that resets before the product", () => {
  expect(() => networkToStateDict(network("gru-reset-before", 3))).toThrow(
    new RangeError("networkToStateDict: kind must be one that PyTorch has, got gru-reset-before"),
  );
});

it("networkToStateDict refuses a network without layers", () => {
  expect(() => networkToStateDict({ kind: "gru", layers: [] })).toThrow(
    "layers must hold at least one layer, got none",
  );
});

describe("modulesFromStateDict refuses", () => {
  it.each([
    [
      { a: "linear" },
      {},
      "modulesFromStateDict: a.weight must have data in a Float32Array or Float64Array, got undefined",
    ],
    [
      { a: "linear" },
      { "a.weight": weight(2) },
      "modulesFromStateDict: a.weight must have shape [outputs, inputs], got [2]",
    ],
    [{ a: "linear" }, { "a.weight": weight(2, 2), "a.bias": weight(3) }, "a.bias must have shape [outputs=2], got [3]"],
    [
      { a: "embedding" },
      { "a.weight": weight(2, 2), "a.bias": weight(2) },
      'every name must belong to a module of kinds, got ["a.bias"]',
    ],
    [{}, { x: weight(1), y: weight(1) }, 'every name must belong to a module of kinds, got ["x", "y"]'],
    [{ a: "conv" }, {}, 'the kind of "a" must be one of embedding, linear, rnn-tanh'],
  ])("%j of %o", (kinds, stateDict, message) => {
    expect(() => modulesFromStateDict(stateDict as never, kinds as never)).toThrow(message);
  });
});

describe("tensorsFromWeights(weights, {dtype})", () => {
  it("gives float32 by default, the same array where it is one", () => {
    const weights = { a: weight(2), b: { shape: [1], data: Float64Array.of(0.1) } };
    const tensors = tensorsFromWeights(weights);
    expect(tensors.get("a")).toEqual({ dtype: "F32", shape: [2], data: weights.a.data });
    expect(tensors.get("a")!.data).toBe(weights.a.data);
    expect(tensors.get("b")!.data).toEqual(Float32Array.of(0.1));
  });

  it("gives float16, which weightsFromTensors widens again", () => {
    const tensors = tensorsFromWeights(
      { a: { shape: [3], data: Float32Array.of(1, -0.5, 2 ** -24) } },
      { dtype: "F16" },
    );
    expect(tensors.get("a")).toEqual({ dtype: "F16", shape: [3], data: Uint16Array.of(0x3c00, 0xb800, 1) });
    expect(weightsFromTensors(tensors).get("a")!.data).toEqual(Float32Array.of(1, -0.5, 2 ** -24));
  });

  it("refuses what would become infinite, and any other dtype", () => {
    const large = { a: { shape: [1], data: Float64Array.of(1e39) } };
    expect(() => tensorsFromWeights(large)).toThrow("tensorsFromWeights: weights must fit into float32, got 1e+39");
    expect(() => tensorsFromWeights(large, { dtype: "F16" })).toThrow(RangeError);
    expect(() => tensorsFromWeights({}, { dtype: "BF16" as never })).toThrow(
      'tensorsFromWeights: dtype must be F32 or F16, got "BF16"',
    );
  });
});

it("weightsFromTensors keeps float64, and hands on what it need not convert", () => {
  const data = Float64Array.of(0.1);
  expect(weightsFromTensors({ a: { dtype: "F64", shape: [1], data } }).get("a")!.data).toBe(data);
});
