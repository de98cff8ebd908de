import type { OnnxGraph } from "./onnx-graph.ts";
import { ELEMENT_TYPES } from "./onnx-messages.ts";

/** How a classifier makes one vector of a row's outputs: its last ones, their mean, or the largest of each unit. */
export type Pooling = "last" | "mean" | "max";

/** Adds the mean or maximum over each row's own steps: [T, B, F] to [B, F]. */
export function poolingNodes(
  graph: OnnxGraph,
  pooling: "mean" | "max",
  { outputs, lengths }: { readonly outputs: string; readonly lengths: string },
): string {
  const numSteps = graph.node("Gather", [graph.node("Shape", [outputs]), graph.integers(0)]);
  const steps = graph.node("Range", [graph.integers(0), numSteps, graph.integers(1)]);
  const column = graph.node("Unsqueeze", [steps, graph.integers([1])]); // [T, 1]
  const isWithin = graph.node("Less", [column, graph.node("Cast", [lengths], { to: ELEMENT_TYPES.int64 })]); // [T, B]
  const mask = graph.node("Unsqueeze", [isWithin, graph.integers([2])]); // [T, B, 1]
  const outside = pooling === "max" ? -Infinity : 0;
  const kept = graph.node("Where", [mask, outputs, graph.constant(`outside_${pooling}`, [], Float32Array.of(outside))]);
  if (pooling === "max") return graph.node("ReduceMax", [kept], { axes: [0], keepdims: 0 });
  const sum = graph.node("ReduceSum", [kept, graph.integers([0])], { keepdims: 0 });
  const count = graph.node("Cast", [lengths], { to: ELEMENT_TYPES.float });
  return graph.node("Div", [sum, graph.node("Unsqueeze", [count, graph.integers([1])])]);
}
