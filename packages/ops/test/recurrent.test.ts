import { expectClose, golden } from "@rnnkit/testing";
import { readGradients, recurrentArguments, withTensors } from "@rnnkit/testing/recurrent-case";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recurrent, recurrentReference, type RecurrentKind } from "../src/index.ts";

const KINDS: RecurrentKind[] = ["rnn-tanh", "rnn-relu", "gru", "lstm"];

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
      const { results, gradients } = readGradients(recurrent, testCase.kind, { args, coefficients });
      for (const [name, { values }] of Object.entries({ outputs: testCase.outputs, ...testCase.finalState })) {
        expectClose(results[name]!, values, { label: name, source });
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
          label: `gradient of ${name}`,
          source,
        });
      }
    });
  });
});

describe.each(KINDS)("recurrent(%s, ...)", (kind) => {
  const sizes = { batchSize: 2, numSteps: 3, inputSize: 2, hiddenSize: 2 };

  it.each([
    [{ inputs: [2, 3, 5] }, "recurrent: inputs must have shape [B, T, I=2], got [2, 3, 5]"],
    [{ inputs: [6] }, "recurrent: inputs must have shape [B, T, I=2], got [6]"],
    [{ hidden: [3, 2] }, "recurrent: initialState must have shape [B=2, H=2], got [3, 2]"],
    [{ recurrentWeight: [5, 2] }, "recurrent: weights.recurrentWeight must have shape"],
    [{ inputWeight: [1, 2] }, "recurrent: weights.inputWeight must have shape"],
    [{ inputBias: [7] }, "recurrent: weights.inputBias must have shape"],
    [{ recurrentBias: [7] }, "recurrent: weights.recurrentBias must have shape"],
  ])("refuses tensors that do not fit: %o", (shapes: Record<string, number[]>, message) => {
    tf.tidy(() => {
      const { args } = recurrentArguments(kind, sizes, 3);
      const wrong = Object.entries(shapes).map(([name, shape]) => [name, tf.zeros(shape)] as const);
      expect(() => recurrent(kind, withTensors(args, Object.fromEntries(wrong)))).toThrow(message);
    });
  });

  it.each([
    [[1, 2, 3], "recurrent: lengths must be 2, one a row, got 3"],
    [[3, 4], "recurrent: lengths must be integers from 0 to 3, got 4 for row 1"],
    [[-1, 3], "recurrent: lengths must be integers from 0 to 3, got -1 for row 0"],
    [[1.5, 3], "recurrent: lengths must be integers from 0 to 3, got 1.5 for row 0"],
    [[1, NaN], "recurrent: lengths must be integers from 0 to 3, got NaN for row 1"],
  ])("refuses the lengths %o", (lengths, message) => {
    tf.tidy(() => {
      const { args } = recurrentArguments(kind, sizes, 3);
      expect(() => recurrent(kind, { ...args, lengths })).toThrow(new RangeError(message));
    });
  });

  it("takes lengths in a typed array", () => {
    tf.tidy(() => {
      const { args } = recurrentArguments(kind, sizes, 3);
      const [some, same] = [[3, 1], Int32Array.of(3, 1)].map((lengths) => recurrent(kind, { ...args, lengths }));
      expect(same!.outputs.dataSync()).toEqual(some!.outputs.dataSync());
    });
  });

  it("refuses ids that are no integers, and integers that are no ids", () => {
    tf.tidy(() => {
      const { args } = recurrentArguments(kind, sizes, 3);
      const refuse = (inputs: tf.Tensor, message: string) => {
        for (const op of [recurrent, recurrentReference]) {
          expect(() => op(kind, { ...args, inputs: inputs as tf.Tensor2D })).toThrow(message);
        }
      };
      refuse(tf.zeros([2, 3]), "inputs must be int32 as [B, T] ids, got float32");
      refuse(tf.zeros([2, 3, 2], "int32"), "inputs must be float32 as [B, T, I], got int32");
    });
  });
});
