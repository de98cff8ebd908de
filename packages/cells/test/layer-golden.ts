import { xoshiro128 } from "@rnnkit/random";
import { expectClose } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import type { RecurrentKind } from "@rnnkit/ops";
import {
  bidirectionalLayers,
  recurrentLayers,
  unroll,
  type CellState,
  type SequenceNetwork,
  type Unrolled,
} from "../src/index.ts";

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

/** What `tools/golden/recurrent_layers.py` and its sisters write. States are named by their paths, such as `0.forward.hidden`. */
export interface LayerGolden {
  readonly name: string;
  readonly kind: RecurrentKind;
  readonly direction: "forward" | "reverse" | "both";
  readonly options: { readonly inputSize: number; readonly hiddenSize: number };
  readonly inputs: Values;
  readonly lengths?: readonly number[];
  readonly initialState: Record<string, Values>;
  readonly parameters: Record<string, Values>;
  readonly coefficients: Record<string, Values>;
  readonly outputs: Values;
  readonly finalState: Record<string, Values>;
  readonly gradients: Record<string, Values>;
}

/** Holds a network of the case's form and parameters to its outputs, final states and gradients. */
export function expectGolden(golden: LayerGolden, source: string): void {
  const network = makeNetwork(golden);
  expect(new Set(Object.keys(network.parameters))).toEqual(new Set(Object.keys(golden.parameters)));
  tf.tidy(() => {
    for (const [name, variable] of Object.entries(network.parameters))
      variable.assign(tensor(golden.parameters[name]!));
    const state = network.zeroState(golden.inputs.shape[0]!);
    const initial = Object.fromEntries(Object.entries(golden.initialState).map(([path, v]) => [path, tensor(v)]));
    const { lengths } = golden;
    const isReverse = golden.direction === "reverse";
    const run = ({ inputs, ...states }: Record<string, tf.Tensor>) => {
      const initialState = replaceByPath(state, states);
      return unroll(network, inputs as tf.Tensor3D, { initialState, isReverse, ...(lengths && { lengths }) });
    };
    const given = { inputs: tensor(golden.inputs), ...initial };

    const results = byPath(run(given));
    for (const [path, { values }] of Object.entries({ outputs: golden.outputs, ...golden.finalState })) {
      expectClose(results[path]!.dataSync(), values, { label: path, source });
    }
    const loss = (tensors: Record<string, tf.Tensor>) => {
      const all = byPath(run(tensors));
      const terms = Object.entries(golden.coefficients).map(([path, v]) => tf.sum(tf.mul(all[path]!, tensor(v))));
      return tf.addN(terms) as tf.Scalar;
    };
    for (const [name, gradient] of Object.entries(gradientsOf(network, given, loss))) {
      const expected = golden.gradients[name]!;
      expectClose(gradient.dataSync(), expected.values, { tolerance: 1e-4, label: `gradient of ${name}`, source });
    }
  });
  network.dispose();
}

function makeNetwork({ kind, direction, options }: LayerGolden): SequenceNetwork<CellState> {
  const make = direction === "both" ? bidirectionalLayers : recurrentLayers;
  return make(kind, { ...options, generator: xoshiro128(0) }) as unknown as SequenceNetwork<CellState>;
}

function gradientsOf(
  network: SequenceNetwork<CellState>,
  given: Record<string, tf.Tensor>,
  loss: (tensors: Record<string, tf.Tensor>) => tf.Scalar,
): Record<string, tf.Tensor> {
  const names = Object.keys(given);
  const { grads } = tf.variableGrads(() => loss(given), Object.values(network.parameters));
  const ofGiven = tf.grads((...tensors: tf.Tensor[]) => {
    return loss(Object.fromEntries(tensors.map((each, i) => [names[i]!, each])));
  })(Object.values(given));
  const ofParameters = Object.entries(network.parameters).map(([name, { name: id }]) => [name, grads[id]!] as const);
  return { ...Object.fromEntries(names.map((name, i) => [name, ofGiven[i]!])), ...Object.fromEntries(ofParameters) };
}

function byPath({ outputs, state }: Unrolled<CellState>): Record<string, tf.Tensor> {
  const paths: Record<string, tf.Tensor> = { outputs };
  walk(state, (path, part) => (paths[path] = part));
  return paths;
}

function replaceByPath(state: CellState, tensors: Record<string, tf.Tensor>): CellState {
  return walk(state, (path) => tensors[path]!);
}

function walk(state: CellState, visit: (path: string, part: tf.Tensor) => tf.Tensor, path: string[] = []): CellState {
  if (state instanceof tf.Tensor) return visit(path.join("."), state);
  if (Array.isArray(state)) return state.map((part: CellState, i) => walk(part, visit, [...path, String(i)]));
  const entries = Object.entries(state as Record<string, CellState>);
  return Object.fromEntries(entries.map(([name, part]) => [name, walk(part, visit, [...path, name])]));
}

function tensor({ shape, values }: Values): tf.Tensor {
  return tf.tensor(values, shape);
}
