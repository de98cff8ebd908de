import { attendingRecurrent, linearCrossEntropy, recurrent } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { reals } from "./op-cases.ts";
import { simdMemory, useSimd } from "./use-simd.ts";

useSimd({ numThreads: 2 });

interface Differentiated {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly loss: (operands: Readonly<Record<string, tf.Tensor>>) => tf.Scalar;
}

const [B, T, I, H, V, S] = [5, 4, 3, 6, 7, 2];
const layerShapes = (numBlocks: number, width: number) => ({
  ...{ inputWeight: [numBlocks * H, width], recurrentWeight: [numBlocks * H, H] },
  ...{ inputBias: [numBlocks * H], recurrentBias: [numBlocks * H] },
});
const weighted = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(x, reals([...x.shape], 9)));

const CASES: Readonly<Record<string, Differentiated>> = {
  recurrent: {
    shapes: { inputs: [B, T, I], ...layerShapes(4, I) },
    loss: ({ inputs, ...weights }) => {
      const zeros = tf.zeros<tf.Rank.R2>([B, H]);
      const args = { inputs: inputs as tf.Tensor3D, initialState: { hidden: zeros, cell: zeros } };
      return weighted(recurrent("lstm", { ...args, weights: weights as never }).outputs);
    },
  },
  linearCrossEntropy: {
    shapes: { inputs: [B, H], weight: [V, H], bias: [V] },
    loss: ({ inputs, ...layer }) =>
      linearCrossEntropy(inputs as tf.Tensor2D, layer as never, tf.tensor1d([0, 6, 3, 3, 1], "int32")),
  },
  attendingRecurrent: {
    shapes: {
      ...{ inputs: [B, T, I], keys: [B, S, H], values: [B, S, H] },
      ...Object.fromEntries(
        [H + I, H].flatMap((width, k) => Object.entries(layerShapes(3, width)).map(([name, x]) => [`${name}${k}`, x])),
      ),
    },
    loss: ({ inputs, keys, values, ...parameters }) => {
      const layers = [0, 1].map((k) =>
        Object.fromEntries(Object.keys(layerShapes(3, H)).map((name) => [name, parameters[`${name}${k}`]!])),
      );
      const initialState = layers.map(() => ({ hidden: tf.zeros<tf.Rank.R2>([B, H]) }));
      return weighted(attendingRecurrent("gru", { inputs, keys, values, layers, initialState } as never).outputs);
    },
  },
};

/** The gradients by operands: those of variables by `variableGrads`, of which some may be left out. */
function gradients({ shapes, loss }: Differentiated, { asked = Object.keys(shapes), frozen = "" } = {}) {
  return tf.tidy(() => {
    const variables = Object.fromEntries(
      Object.keys(shapes).map((name, i) => [name, tf.variable(reals([...shapes[name]!], i), name !== frozen)]),
    );
    const { grads } = tf.variableGrads(
      () => loss(variables),
      asked.map((name) => variables[name]!),
    );
    const values = asked.map((name) => [name, [...grads[variables[name]!.name]!.dataSync()]]);
    tf.dispose(variables);
    return Object.fromEntries(values) as Record<string, number[]>;
  });
}

describe.each(Object.entries(CASES))("gradients of %s by variables, all in one kernel call", (_, given) => {
  const names = Object.keys(given.shapes);
  const each = () =>
    tf.tidy(() => {
      const tensors = names.map((name, i) => reals([...given.shapes[name]!], i));
      const found = tf.grads((...operands) =>
        given.loss(Object.fromEntries(names.map((name, i) => [name, operands[i]!]))),
      )(tensors);
      return Object.fromEntries(names.map((name, i) => [name, [...found[i]!.dataSync()]]));
    });

  it("are those by tensors", () => {
    expect(gradients(given)).toEqual(each());
  });

  it.each(names)("are the same where only %s is asked for, or everything else and it is not trainable", (name) => {
    const expected = each();
    expect(gradients(given, { asked: [name] })).toEqual({ [name]: expected[name] });
    const { [name]: _left, ...others } = expected;
    expect(gradients(given, { asked: Object.keys(others), frozen: name })).toEqual(others);
  });

  it("leave nothing behind, asked for or not", () => {
    gradients(given);
    const before = { numTensors: tf.memory().numTensors, ...simdMemory() };
    gradients(given);
    for (const name of names) gradients(given, { asked: [name], frozen: names.find((other) => other !== name)! });
    expect({ numTensors: tf.memory().numTensors, ...simdMemory() }).toEqual(before);
  });
});
