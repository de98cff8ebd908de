import { expectClose } from "@rnnkit/testing";
import * as ort from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeOnnx, type RecurrentNetwork, type SequenceModel, type Weight } from "../src/index.ts";
import { runModel } from "./plain-network.ts";
import { cases, modulesOf, source, type StateDictCase } from "./state-dict-cases.ts";

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
});

type Feeds = Record<string, ort.Tensor>;
const floats = (values: readonly number[], dims: readonly number[]) =>
  new ort.Tensor("float32", Float32Array.from(values), dims);

const idsTensor = (ids: StateDictCase["ids"]) =>
  new ort.Tensor("int64", BigInt64Array.from(ids.flat(), BigInt), [ids.length, ids[0]!.length]);

const lengthsTensor = (lengths: readonly number[]) =>
  new ort.Tensor("int32", Int32Array.from(lengths), [lengths.length]);

/** What ONNX Runtime computes with a file. */
async function run(file: Uint8Array, feeds: Feeds): Promise<Feeds> {
  const session = await ort.InferenceSession.create(file);
  const outputs = await session.run(feeds);
  await session.release();
  return outputs as Feeds;
}

const stateNames = ({ kind }: RecurrentNetwork) => (kind === "lstm" ? ["hidden", "cell"] : ["hidden"]);

/** The initial state of a language model: the case's, or zeros. */
function stateFeeds({ initialState, ids }: StateDictCase, network: RecurrentNetwork): Feeds {
  const batchSize = ids.length;
  const feeds: Feeds = {};
  for (const [index, { forward }] of network.layers.entries()) {
    const width = forward.projectionWeight?.shape[1] ?? forward.recurrentWeight.shape[1]!;
    for (const name of stateNames(network)) {
      const values = initialState?.[name as "hidden"].values ?? Array<number>(batchSize * width).fill(0);
      feeds[`${name}_l${index}`] = floats(values, [batchSize, width]);
    }
  }
  return feeds;
}

describe(`encodeOnnx(model, options) computes in ONNX Runtime what ${source} does`, () => {
  it.each(cases.filter(({ task }) => task === "language-model"))("$name", async (model) => {
    const modules = modulesOf(model);
    const file = encodeOnnx(modules, { task: "language-model" });
    const outputs = await run(file, { ids: idsTensor(model.ids), ...stateFeeds(model, modules.recurrent) });
    expect(outputs["logits"]!.dims).toEqual(model.logits.shape);
    expectClose(outputs["logits"]!.data as Float32Array, model.logits.values, { tolerance: 1e-6, label: source });
    if (model.name.includes("proj_size")) return; // PyTorch's hidden state is the one after the projection
    for (const name of stateNames(modules.recurrent)) {
      const expected = model.finalState[name as "hidden"];
      const final = modules.recurrent.layers.flatMap((_, index) => [
        ...(outputs[`final_${name}_l${index}`]!.data as Float32Array),
      ]);
      expectClose(final, expected.values, { tolerance: 1e-6, label: `${source}: ${name}` });
    }
  });

  it.each(cases.filter(({ task }) => task === "classifier"))("$name", async (model) => {
    const file = encodeOnnx(modulesOf(model), { task: "classifier", pooling: model.pooling! });
    const { logits } = await run(file, { ids: idsTensor(model.ids), lengths: lengthsTensor(model.lengths) });
    expect(logits!.dims).toEqual(model.logits.shape);
    expectClose(logits!.data as Float32Array, model.logits.values, { tolerance: 1e-6, label: source });
  });

  it.each(cases.filter(({ task }) => task === "tagger"))("$name", async (model) => {
    const file = encodeOnnx(modulesOf(model), { task: "tagger" });
    const { logits } = await run(file, { ids: idsTensor(model.ids), lengths: lengthsTensor(model.lengths) });
    expect(logits!.dims).toEqual(model.logits.shape);
    const [, numSteps, numClasses] = model.logits.shape as [number, number, number];
    for (const [row, length] of model.lengths.entries()) {
      const start = row * numSteps * numClasses;
      const own = (values: ArrayLike<number>) => Array.from(values).slice(start, start + length * numClasses);
      expectClose(own(logits!.data as Float32Array), own(model.logits.values), { tolerance: 1e-6, label: source });
    }
  });
});

it.each(cases.filter(({ task }) => task === "language-model"))(
  "encodeOnnx of a language model goes on from its final state: $name",
  async (model) => {
    const modules = modulesOf(model);
    const file = encodeOnnx(modules, { task: "language-model" });
    const session = await ort.InferenceSession.create(file);
    let state = stateFeeds(model, modules.recurrent);
    const steps: Float32Array[] = [];
    for (const step of model.ids[0]!.keys()) {
      const outputs = await session.run({ ids: idsTensor(model.ids.map((row) => [row[step]!])), ...state });
      steps.push(outputs["logits"]!.data as Float32Array);
      state = Object.fromEntries(Object.keys(state).map((name) => [name, outputs[`final_${name}`]! as ort.Tensor]));
    }
    await session.release();
    const [batchSize, , vocabSize] = model.logits.shape as [number, number, number];
    const logits = Array.from({ length: batchSize }, (_, row) =>
      steps.map((values) => [...values.subarray(row * vocabSize, (row + 1) * vocabSize)]),
    );
    expectClose(logits.flat(2), model.logits.values, { tolerance: 1e-6, label: source });
  },
);

const weight = (...shape: number[]): Weight => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i + shape.length)),
});

const direction = (rows: number, inputSize: number, hiddenSize: number) => ({
  inputWeight: weight(rows, inputSize),
  recurrentWeight: weight(rows, hiddenSize),
  inputBias: weight(rows),
});

it("encodeOnnx writes a GRU that resets before the product, layers of different widths, and one bias", async () => {
  const model: SequenceModel = {
    embedding: { kind: "embedding", weight: weight(4, 3) },
    recurrent: {
      kind: "gru-reset-before",
      layers: [
        { forward: direction(6, 3, 2), backward: direction(6, 3, 2) },
        { forward: direction(9, 4, 3), backward: direction(9, 4, 3) },
      ],
    },
    output: { kind: "linear", weight: weight(2, 6) },
  };
  const ids = [[0, 3, 1, 2, 2]];
  const { logits } = await run(encodeOnnx(model, { task: "tagger" }), {
    ids: idsTensor(ids),
    lengths: lengthsTensor([5]),
  });
  expectClose(logits!.data as Float32Array, runModel(model, ids[0]!).flat(), { tolerance: 1e-6 });
});

it("encodeOnnx rounds float64 weights to float32, and gives the same file for the same model", () => {
  const [model] = cases;
  const narrow = modulesOf(model!);
  const wide = ({ shape, data }: Weight) => ({ shape, data: Float64Array.from(data) });
  const output = { ...narrow.output, weight: wide(narrow.output.weight) };
  const file = encodeOnnx(narrow, { task: "language-model" });
  expect(encodeOnnx({ ...narrow, output }, { task: "language-model" })).toEqual(file);
});

it("encodeOnnx keeps metadata in the file", () => {
  const file = encodeOnnx(modulesOf(cases[0]!), { task: "language-model", metadata: { vocabulary: "a b c" } });
  expect(Buffer.from(file).includes("\n\u000avocabulary\u0012\u0005a b c")).toBe(true);
});

describe("encodeOnnx refuses", () => {
  const model = (changes: Partial<SequenceModel> = {}): SequenceModel => ({
    embedding: { kind: "embedding", weight: weight(4, 3) },
    recurrent: { kind: "lstm", layers: [{ forward: direction(8, 3, 2) }] },
    output: { kind: "linear", weight: weight(5, 2), bias: weight(5) },
    ...changes,
  });
  const backward = { kind: "lstm", layers: [{ forward: direction(8, 3, 2), backward: direction(8, 3, 2) }] } as const;
  it.each([
    [
      model({ embedding: { kind: "embedding", weight: weight(4, 2) } }),
      {},
      "embedding.weight must have shape [V, E=3], got [4, 2]",
    ],
    [
      model({ output: { kind: "linear", weight: weight(5, 3) } }),
      {},
      "output.weight must have shape [outputs, inputs=2], got [5, 3]",
    ],
    [
      model({ output: { kind: "linear", weight: weight(5, 2), bias: weight(4) } }),
      {},
      "output.bias must have shape [outputs=5], got [4]",
    ],
    [model({ recurrent: backward }), {}, "output.weight must have shape [outputs, inputs=4], got [5, 2]"],
    [
      model({ recurrent: backward, output: { kind: "linear", weight: weight(5, 4) } }),
      {},
      "recurrent must have one direction in a language model, got two",
    ],
    [model({ recurrent: { kind: "lstm", layers: [] } }), {}, "layers must hold at least one layer, got none"],
    [model(), { task: "translator" }, 'task must be language-model, tagger or classifier, got "translator"'],
    [model(), { task: "classifier", pooling: "sum" }, 'pooling must be last, mean or max, got "sum"'],
  ])("%o with %o", (sequenceModel, options, message) => {
    expect(() => encodeOnnx(sequenceModel, { task: "language-model", ...options } as never)).toThrow(
      new RangeError(`encodeOnnx: ${message}`),
    );
  });
});
