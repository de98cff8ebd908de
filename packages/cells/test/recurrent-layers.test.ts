import type { LSTMState, RecurrentKind } from "@rnnkit/ops";
import { xoshiro128 } from "@rnnkit/random";
import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { gruCell, lstmCell, recurrentLayers, rnnCell, stack, unroll } from "../src/index.ts";

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

interface GoldenCase {
  readonly name: string;
  readonly kind: RecurrentKind;
  readonly numLayers: number;
  readonly inputs: Values;
  readonly initialState: Record<string, Values>;
  readonly parameters: Record<string, Values>;
  readonly coefficients: Record<string, Values>;
  readonly outputs: Values;
  readonly finalState: Record<string, Values>;
  readonly gradients: { inputs: Values; parameters: Record<string, Values> };
}

const { source, cases } = golden<GoldenCase[]>(import.meta.url, "recurrent-layers");
const generator = () => xoshiro128(5);

it.each(cases)(`recurrentLayers(kind, ...) has the values and gradients of ${source}: $name`, (testCase) => {
  const { kind, numLayers } = testCase;
  const tensor = ({ shape, values }: Values) => tf.tensor(values, shape);
  const inputs = tensor(testCase.inputs) as tf.Tensor3D;
  const cell = recurrentLayers(kind, {
    inputSize: inputs.shape[2],
    hiddenSize: testCase.finalState["hidden"]!.shape[2]!,
    numLayers,
    hasBias: "bias_ih_l0" in testCase.parameters,
    generator: generator(),
  });
  expect(Object.keys(cell.parameters)).toEqual(Object.keys(testCase.parameters));
  tf.tidy(() => {
    for (const [name, variable] of Object.entries(cell.parameters)) variable.assign(tensor(testCase.parameters[name]!));
    const layersOf = (all: Record<string, Values>) =>
      Array.from({ length: numLayers }, (_, layer) =>
        Object.fromEntries(Object.entries(all).map(([name, values]) => [name, tf.unstack(tensor(values))[layer]!])),
      );
    const initial = layersOf(testCase.initialState) as LSTMState[];
    const loss = (outputs: tf.Tensor, state: readonly object[]) => {
      const terms = [tf.sum(tf.mul(outputs, tensor(testCase.coefficients["outputs"]!)))];
      for (const [layer, coefficients] of layersOf(testCase.coefficients as never).entries()) {
        for (const [name, part] of Object.entries(state[layer]!)) {
          terms.push(tf.sum(tf.mul(part as tf.Tensor, coefficients[name]!)));
        }
      }
      return tf.addN(terms) as tf.Scalar;
    };
    const run = (x: tf.Tensor) =>
      unroll(cell as never, x as tf.Tensor3D, initial as never) as ReturnType<typeof unrolled>;
    const unrolled = () => unroll(cell, inputs, initial as never);

    const { outputs, state } = run(inputs);
    expectClose(outputs.dataSync(), testCase.outputs.values, { label: `outputs (${source})` });
    for (const [name, { values }] of Object.entries(testCase.finalState)) {
      const layers = tf.stack(state.map((layer) => (layer as Record<string, tf.Tensor>)[name]!));
      expectClose(layers.dataSync(), values, { label: `final ${name} (${source})` });
    }
    const { grads } = tf.variableGrads(() => {
      const result = run(inputs);
      return loss(result.outputs, result.state);
    }, Object.values(cell.parameters));
    for (const [name, variable] of Object.entries(cell.parameters)) {
      const expected = testCase.gradients.parameters[name]!;
      expectClose(grads[variable.name]!.dataSync(), expected.values, {
        tolerance: 1e-4,
        label: `gradient of ${name} (${source})`,
      });
    }
    const inputGradient = tf.grad((x) => {
      const result = run(x);
      return loss(result.outputs, result.state);
    })(inputs);
    expectClose(inputGradient.dataSync(), testCase.gradients.inputs.values, {
      tolerance: 1e-4,
      label: `gradient of inputs (${source})`,
    });
  });
  cell.dispose();
  inputs.dispose();
});

describe("initial parameters", () => {
  it("lie in U(-1/√H, 1/√H), fill it, and depend on the seed alone", () => {
    const make = (seed: number) => {
      const cell = lstmCell({ inputSize: 20, hiddenSize: 25, generator: xoshiro128(seed) });
      const values = Object.values(cell.parameters).flatMap((variable) => [...variable.dataSync()]);
      cell.dispose();
      return values;
    };
    const values = make(3);
    expect(values).toHaveLength(100 * 20 + 100 * 25 + 200);
    expect(Math.max(...values)).toBeLessThanOrEqual(0.2);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.2);
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(variance).toBeCloseTo(0.2 ** 2 / 3, 3);
    expect(make(3)).toEqual(values);
    expect(make(4)).not.toEqual(values);
  });
});

describe("bad sizes", () => {
  it.each([
    [
      () => rnnCell({ inputSize: 0, hiddenSize: 2, generator: generator() }),
      "rnnCell: inputSize must be a positive integer, got 0",
    ],
    [
      () => gruCell({ inputSize: 1, hiddenSize: 2.5, generator: generator() }),
      "gruCell: hiddenSize must be a positive integer, got 2.5",
    ],
    [
      () => lstmCell({ inputSize: -1, hiddenSize: 2, generator: generator() }),
      "lstmCell: inputSize must be a positive integer, got -1",
    ],
    [
      () => recurrentLayers("gru", { inputSize: 1, hiddenSize: 2, numLayers: 0, generator: generator() }),
      "recurrentLayers: numLayers must be a positive integer, got 0",
    ],
    [() => stack([]), "stack: cells must hold at least one cell, got none"],
  ])("%s", (make, message) => {
    expect(make).toThrow(message);
  });

  it("stack(cells) refuses a cell that does not fit on the one below", () => {
    const cell = (inputSize: number) => gruCell({ inputSize, hiddenSize: 3, generator: generator() });
    const cells = [cell(1), cell(2)];
    expect(() => stack(cells)).toThrow("stack: cell 1 must have the inputSize 3 of the output below it, got 2");
    for (const each of cells) each.dispose();
  });
});
