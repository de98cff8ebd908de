import type { DirectionSizes } from "../weights/check-network.ts";
import type { RecurrentDirection, RecurrentLayer, RecurrentNetworkKind } from "../weights/network-module.ts";
import type { OnnxGraph } from "./onnx-graph.ts";
import { concatenate, onnxWeights } from "./onnx-weights.ts";

export interface RecurrentNodesArguments {
  readonly kind: RecurrentNetworkKind;
  readonly layer: RecurrentLayer;
  readonly sizes: DirectionSizes;
  /** The layer's number. */
  readonly index: number;
  /** [T, B, I] */
  readonly inputs: string;
  /** int32 [B]; absent: all steps of all rows. */
  readonly lengths?: string;
  /** Whether the state comes in and goes out of the graph. */
  readonly hasState: boolean;
}

/** What a layer gives; each function adds the nodes that bring it into form. */
export interface RecurrentNodes {
  /** [T, B, D·P] */
  outputs(): string;
  /** [B, D·P]: the outputs at each row's last step, of the backward direction at its first. */
  last(): string;
}

/** Adds one layer to a graph, as an operator RNN, GRU or LSTM of ONNX with what stands around it. */
export function recurrentNodes(graph: OnnxGraph, args: RecurrentNodesArguments): RecurrentNodes {
  const { kind, layer, sizes, index, inputs, lengths = "", hasState } = args;
  const { inputSize, hiddenSize } = sizes;
  const directions = layer.backward ? [layer.forward, layer.backward] : [layer.forward];
  const rows = layer.forward.recurrentWeight.shape[0]!;
  const { W, R, B } = onnxWeights(kind, directions);
  const D = directions.length;
  const states = (kind === "lstm" ? ["hidden", "cell"] : ["hidden"]).map((name) => `${name}_l${index}`);
  const stateShape = ["batch", hiddenSize];
  const initial = hasState
    ? states.map((name) => graph.node("Unsqueeze", [graph.input(name, "float", stateShape), graph.integers([0])]))
    : [];
  const [outputs, ...final] = graph.nodes(
    OPERATORS[kind],
    [
      inputs,
      graph.constant(`W_l${index}`, [D, rows, inputSize], W),
      graph.constant(`R_l${index}`, [D, rows, hiddenSize], R),
      B ? graph.constant(`B_l${index}`, [D, 2 * rows], B) : "",
      lengths,
      ...initial,
    ],
    {
      hidden_size: hiddenSize,
      ...(D === 2 && { direction: "bidirectional" }),
      ...(kind === "gru" && { linear_before_reset: 1 }),
      ...(kind === "rnn-relu" && { activations: directions.map(() => "Relu") }),
    },
    1 + states.length,
  );
  if (hasState) {
    for (const [i, name] of states.entries()) {
      graph.output(graph.node("Squeeze", [final[i]!, graph.integers([0])]), `final_${name}`, stateShape);
    }
  }
  const project = projection(graph, directions, index);
  return {
    outputs() {
      const beside = graph.node("Transpose", [project(outputs!)], { perm: [0, 2, 1, 3] }); // [T, B, D, P]
      return graph.node("Reshape", [beside, graph.integers([0, 0, -1])]);
    },
    last() {
      const beside = graph.node("Transpose", [project(final[0]!)], { perm: [1, 0, 2] }); // [B, D, P]
      return graph.node("Reshape", [beside, graph.integers([0, -1])]);
    },
  };
}

const OPERATORS = {
  "rnn-tanh": "RNN",
  "rnn-relu": "RNN",
  gru: "GRU",
  "gru-reset-before": "GRU",
  lstm: "LSTM",
} as const;

/** Turns the operator's [..., D, B, H] to [..., D, B, P]. */
function projection(graph: OnnxGraph, directions: readonly RecurrentDirection[], index: number) {
  const weights = directions.flatMap(({ projectionWeight }) => projectionWeight ?? []);
  if (weights.length === 0) return (value: string) => value;
  const [outputSize, hiddenSize] = weights[0]!.shape as [number, number];
  const transposed = weights.map(({ data }) =>
    Float32Array.from(
      { length: data.length },
      (_, i) => data[(i % outputSize) * hiddenSize + Math.floor(i / outputSize)]!,
    ),
  );
  const matrix = graph.constant(`P_l${index}`, [directions.length, hiddenSize, outputSize], concatenate(transposed));
  return (value: string) => graph.node("MatMul", [value, matrix]);
}
