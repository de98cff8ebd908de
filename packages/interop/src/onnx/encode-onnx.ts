import { showValue } from "../show-value.ts";
import { checkNetwork } from "../weights/check-network.ts";
import { checkWeight } from "../weights/check-weight.ts";
import type { EmbeddingModule, LinearModule, RecurrentNetwork } from "../weights/network-module.ts";
import { encodeModelProto } from "./encode-message.ts";
import { onnxGraph, type OnnxGraph } from "./onnx-graph.ts";
import { poolingNodes, type Pooling } from "./pooling-nodes.ts";
import { recurrentNodes } from "./recurrent-nodes.ts";

/** A model of sequences of token ids: an embedding, recurrent layers, and a linear module on top. */
export interface SequenceModel {
  /** Absent: ids enter as one-hot rows, as wide as the bottom layer's input. */
  readonly embedding?: EmbeddingModule;
  readonly recurrent: RecurrentNetwork;
  readonly output: LinearModule;
}

export interface EncodeOnnxOptions {
  /** `language-model`: logits of each step, and a state to go on from. `tagger`: logits of each step. `classifier`: of each row. */
  readonly task: "language-model" | "tagger" | "classifier";
  /** What a classifier's logits are made from. Default `last`. */
  readonly pooling?: Pooling;
  /** Free text by name, kept in the file. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const OPSET_VERSION = 17; // of 2022: ONNX Runtime 1.12 and later, and every exporter and converter since
const IR_VERSION = 8;
/** Protocol buffers end here; larger models keep their weights in other files. */
const MAX_BYTES = 2 ** 31 - 1;

/**
 * An ONNX file (opset 17, float32) that computes what the model does: inputs `ids` int64 [batch, steps]; `lengths` int32
 * [batch], each at least 1 (tagger, classifier); `hidden_l<k>`, `cell_l<k>` [batch, H_k] (language model). Outputs `logits`
 * [batch, steps, outputs] or [batch, outputs]; `final_hidden_l<k>`, `final_cell_l<k>`.
 *
 * Lengths mean what packed sequences of PyTorch do: the backward direction starts at a row's own last step. Logits behind a
 * row's end mean nothing. The hidden state of a projected LSTM is the one before the projection, [batch, H].
 *
 * @param model borrowed; its weights are rounded to float32.
 * @throws RangeError or TypeError when the parts do not fit together, for a language model of two directions, and for more
 * than 2 GiB.
 * @see https://onnx.ai/onnx/operators for RNN, GRU and LSTM of version 14.
 */
export function encodeOnnx(
  model: SequenceModel,
  { task, pooling = "last", metadata = {} }: EncodeOnnxOptions,
): Uint8Array<ArrayBuffer> {
  const sizes = checkNetwork("encodeOnnx", model.recurrent);
  const inputSize = sizes[0]!.inputSize;
  checkModel(model, { inputSize, outputSize: sizes.at(-1)!.outputSize });
  checkOptions(model, { task, pooling });

  const graph = onnxGraph(task);
  const ids = graph.node("Transpose", [graph.input("ids", "int64", ["batch", "steps"])], { perm: [1, 0] });
  const lengths = task === "language-model" ? undefined : graph.input("lengths", "int32", ["batch"]);
  const layers = model.recurrent.layers.map(
    (layer, index) => (inputs: string) =>
      recurrentNodes(graph, {
        kind: model.recurrent.kind,
        layer,
        sizes: sizes[index]!,
        index,
        inputs,
        ...(lengths !== undefined && { lengths }),
        hasState: task === "language-model",
      }),
  );
  const top = layers.pop()!(
    layers.reduce((inputs, layer) => layer(inputs).outputs(), inputNodes(graph, model, { ids, inputSize })),
  );
  const shape = task === "classifier" ? ["batch"] : ["batch", "steps"];
  graph.output(outputNodes(graph, model, features()), "logits", [...shape, model.output.weight.shape[0]!]);
  const numBytes = graph.proto.initializer.reduce((sum, { raw_data }) => sum + raw_data.length, 0);
  if (numBytes > MAX_BYTES) throw new RangeError(`encodeOnnx: model must fit into ${MAX_BYTES} bytes, got ${numBytes}`);
  return encodeModelProto({
    ir_version: IR_VERSION,
    producer_name: "rnnkit",
    graph: graph.proto,
    opset_import: [{ domain: "", version: OPSET_VERSION }],
    metadata_props: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });

  function features(): string {
    if (task !== "classifier") return graph.node("Transpose", [top.outputs()], { perm: [1, 0, 2] });
    if (pooling === "last") return top.last();
    return poolingNodes(graph, pooling, { outputs: top.outputs(), lengths: lengths! });
  }
}

function checkModel(
  { embedding, recurrent, output }: SequenceModel,
  { inputSize, outputSize }: { readonly inputSize: number; readonly outputSize: number },
): void {
  if (embedding) checkWeight("encodeOnnx: embedding.weight", embedding.weight, { V: undefined, E: inputSize });
  const features = outputSize * (recurrent.layers[0]!.backward ? 2 : 1);
  checkWeight("encodeOnnx: output.weight", output.weight, { outputs: undefined, inputs: features });
  if (output.bias) checkWeight("encodeOnnx: output.bias", output.bias, { outputs: output.weight.shape[0] });
}

function checkOptions({ recurrent }: SequenceModel, { task, pooling }: { task: string; pooling: string }): void {
  if (!["language-model", "tagger", "classifier"].includes(task)) {
    throw new RangeError(`encodeOnnx: task must be language-model, tagger or classifier, got ${showValue(task)}`);
  }
  if (!["last", "mean", "max"].includes(pooling)) {
    throw new RangeError(`encodeOnnx: pooling must be last, mean or max, got ${showValue(pooling)}`);
  }
  if (task === "language-model" && recurrent.layers[0]!.backward) {
    throw new RangeError("encodeOnnx: recurrent must have one direction in a language model, got two");
  }
}

/** The rows of the embedding, or one-hot rows: [T, B] to [T, B, I]. */
function inputNodes(
  graph: OnnxGraph,
  { embedding }: SequenceModel,
  { ids, inputSize }: { readonly ids: string; readonly inputSize: number },
): string {
  if (!embedding) {
    const offAndOn = graph.constant("off_and_on", [2], Float32Array.of(0, 1));
    return graph.node("OneHot", [ids, graph.integers(inputSize), offAndOn], { axis: -1 });
  }
  const { shape, data } = embedding.weight;
  return graph.node("Gather", [graph.constant("embedding", shape, Float32Array.from(data)), ids]);
}

function outputNodes(graph: OnnxGraph, { output: { weight, bias } }: SequenceModel, features: string): string {
  const [outputs, inputs] = weight.shape as [number, number];
  const transposed = Float32Array.from(
    { length: outputs * inputs },
    (_, i) => weight.data[(i % outputs) * inputs + Math.floor(i / outputs)]!,
  );
  const product = graph.node("MatMul", [features, graph.constant("output_weight", [inputs, outputs], transposed)]);
  if (!bias) return product;
  return graph.node("Add", [product, graph.constant("output_bias", [outputs], Float32Array.from(bias.data))]);
}
