import { readGradients, recurrentArguments, weightedLoss } from "./recurrent-case.ts";
import { expectClose, golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recurrent, recurrentReference, type RecurrentKind } from "../src/index.ts";

const KINDS: RecurrentKind[] = ["rnn-tanh", "rnn-relu", "gru", "lstm"];
const SIZES = [
  { batchSize: 1, numSteps: 1, inputSize: 1, hiddenSize: 1 },
  { batchSize: 5, numSteps: 3, inputSize: 7, hiddenSize: 9 },
  { batchSize: 33, numSteps: 2, inputSize: 3, hiddenSize: 17 },
  { batchSize: 2, numSteps: 40, inputSize: 2, hiddenSize: 3 },
];

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

interface GoldenCase {
  readonly name: string;
  readonly kind: RecurrentKind;
  readonly inputs: Values;
  readonly initialState: Record<string, Values>;
  readonly parameters: Record<string, Values>;
  readonly coefficients: Record<string, Values>;
  readonly outputs: Values;
  readonly finalState: Record<string, Values>;
  readonly gradients: { inputs: Values; initialState: Record<string, Values>; parameters: Record<string, Values> };
}

const { source, cases } = golden<GoldenCase[]>(import.meta.url, "recurrent");

describe.each(["cpu", "wasm"])("on the %s backend", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(cases)(`recurrent(kind, ...) has the values and gradients of ${source}: $name`, (testCase) => {
    tf.tidy(() => {
      const tensor = ({ shape, values }: Values) =>
        tf.tensor(values, shape.length === 3 && shape[0] === 1 ? shape.slice(1) : shape);
      const map = (all: Record<string, Values>) =>
        Object.fromEntries(Object.entries(all).map(([name, v]) => [name, tensor(v)]));
      const p = map(testCase.parameters);
      const args = {
        inputs: tf.tensor(testCase.inputs.values, testCase.inputs.shape),
        initialState: map(testCase.initialState),
        weights: {
          inputWeight: p["weight_ih_l0"],
          recurrentWeight: p["weight_hh_l0"],
          ...(p["bias_ih_l0"] && { inputBias: p["bias_ih_l0"], recurrentBias: p["bias_hh_l0"] }),
        },
      } as never;
      const coefficients = {
        ...map(testCase.coefficients),
        outputs: tf.tensor(testCase.coefficients["outputs"]!.values, testCase.coefficients["outputs"]!.shape),
      };
      const { outputs, finalState, gradients } = readGradients(recurrent, testCase.kind, args, coefficients);
      expectClose(outputs, testCase.outputs.values, { label: `outputs (${source})` });
      for (const [name, { values }] of Object.entries(testCase.finalState)) {
        expectClose(finalState[name]!, values, { label: `final ${name} (${source})` });
      }
      const expected: Record<string, Values | undefined> = {
        inputs: testCase.gradients.inputs,
        ...testCase.gradients.initialState,
        inputWeight: testCase.gradients.parameters["weight_ih_l0"],
        recurrentWeight: testCase.gradients.parameters["weight_hh_l0"],
        inputBias: testCase.gradients.parameters["bias_ih_l0"],
        recurrentBias: testCase.gradients.parameters["bias_hh_l0"],
      };
      for (const [name, values] of Object.entries(expected)) {
        expectClose(gradients[name] ?? [], values?.values ?? [], {
          tolerance: 1e-4,
          label: `gradient of ${name} (${source})`,
        });
      }
    });
  });

  describe.each(KINDS)("recurrent(%s, ...)", (kind) => {
    it.each(SIZES)("equals recurrentReference in values and gradients: %o", (sizes) => {
      tf.tidy(() => {
        const { args, coefficients } = recurrentArguments(kind, sizes, 7);
        const actual = readGradients(recurrent, kind, args, coefficients);
        const expected = readGradients(recurrentReference, kind, args, coefficients);
        expectClose(actual.outputs, expected.outputs, { label: "outputs" });
        for (const name of Object.keys(expected.finalState)) {
          expectClose(actual.finalState[name]!, expected.finalState[name]!, { label: `final ${name}` });
        }
        expect(Object.keys(actual.gradients)).toEqual(Object.keys(expected.gradients));
        for (const name of Object.keys(expected.gradients)) {
          expectClose(actual.gradients[name]!, expected.gradients[name]!, {
            tolerance: 1e-4,
            label: `gradient of ${name}`,
          });
        }
      });
    });
  });
});

describe.each(KINDS)("recurrent(%s, ...)", (kind) => {
  const sizes = { batchSize: 2, numSteps: 3, inputSize: 2, hiddenSize: 2 };

  it("has gradients equal to central differences", () => {
    tf.tidy(() => {
      const { args, coefficients } = recurrentArguments(kind, sizes, 3);
      const { gradients } = readGradients(recurrent, kind, args, coefficients);
      const inputs = args.inputs.dataSync() as Float32Array;
      const loss = (at: number, shift: number) => {
        const moved = Float32Array.from(inputs, (x, i) => (i === at ? x + shift : x));
        const changed = { ...args, inputs: tf.tensor3d(moved, args.inputs.shape) };
        return weightedLoss(recurrent(kind, changed), coefficients).dataSync()[0]!;
      };
      const differences = Float32Array.from(inputs, (_, i) => (loss(i, 0.01) - loss(i, -0.01)) / 0.02);
      expectClose(gradients["inputs"]!, differences, { tolerance: 2e-3, label: "gradient of inputs" });
    });
  });

  it("of no steps gives no outputs and the initial state", () => {
    tf.tidy(() => {
      const { args } = recurrentArguments(kind, { ...sizes, numSteps: 0 }, 3);
      for (const op of [recurrent, recurrentReference]) {
        const { outputs, finalState } = op(kind, args);
        expect(outputs.shape).toEqual([2, 0, 2]);
        expectClose(finalState.hidden.dataSync(), args.initialState.hidden.dataSync());
      }
    });
  });

  it("leaves no tensor but its results", () => {
    const { args, coefficients } = recurrentArguments(kind, sizes, 3);
    const before = tf.memory().numTensors;
    const { outputs, finalState } = recurrent(kind, args);
    tf.dispose([outputs, finalState]);
    tf.tidy(() => void readGradients(recurrent, kind, args, coefficients));
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([args.inputs, args.initialState, args.weights, coefficients] as tf.TensorContainer[]);
  });

  it.each([
    [{ inputs: [2, 3, 5] }, "recurrent: inputs must have shape [B, T, I=2], got [2, 3, 5]"],
    [{ hidden: [3, 2] }, "recurrent: initialState must have shape [B=2, H=2], got [3, 2]"],
    [{ recurrentWeight: [5, 2] }, "recurrent: weights.recurrentWeight must have shape"],
    [{ inputWeight: [1, 2] }, "recurrent: weights.inputWeight must have shape"],
    [{ inputBias: [7] }, "recurrent: weights.inputBias must have shape"],
    [{ recurrentBias: [7] }, "recurrent: weights.recurrentBias must have shape"],
  ])("refuses tensors that do not fit: %o", (shapes: Record<string, number[]>, message) => {
    tf.tidy(() => {
      const { args } = recurrentArguments(kind, sizes, 3);
      const wrong = (name: string, tensor: tf.Tensor) => (shapes[name] ? tf.zeros(shapes[name]) : tensor);
      const replace = <T extends object>(all: T): T =>
        Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, wrong(name, tensor as tf.Tensor)])) as T;
      const changed = {
        inputs: wrong("inputs", args.inputs) as tf.Tensor3D,
        initialState: replace(args.initialState),
        weights: replace(args.weights),
      };
      expect(() => recurrent(kind, changed)).toThrow(message);
    });
  });
});
