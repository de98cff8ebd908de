import { normal, xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { NUM_GATES, type RecurrentArguments, type RecurrentKind, type RecurrentResult } from "../src/index.ts";

interface Sizes {
  readonly batchSize: number;
  readonly numSteps: number;
  readonly inputSize: number;
  readonly hiddenSize: number;
}

type Op = <Kind extends RecurrentKind>(kind: Kind, args: RecurrentArguments<Kind>) => RecurrentResult<Kind>;

/** Seeded arguments of the op, and a coefficient for each of its results. The caller owns the tensors. */
export function recurrentArguments<Kind extends RecurrentKind>(kind: Kind, sizes: Sizes, seed: number) {
  const generator = xoshiro128(seed);
  const draw = (...shape: number[]): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
        normal(generator, { standardDeviation: 0.5 }),
      ),
      shape,
    );
  const { batchSize, numSteps, inputSize, hiddenSize } = sizes;
  const rows = NUM_GATES[kind] * hiddenSize;
  const state = () => ({
    hidden: draw(batchSize, hiddenSize),
    ...(kind === "lstm" && { cell: draw(batchSize, hiddenSize) }),
  });
  const args = {
    inputs: draw(batchSize, numSteps, inputSize),
    initialState: state(),
    weights: {
      inputWeight: draw(rows, inputSize),
      recurrentWeight: draw(rows, hiddenSize),
      inputBias: draw(rows),
      recurrentBias: draw(rows),
    },
  } as unknown as RecurrentArguments<Kind>;
  return {
    args,
    coefficients: { outputs: draw(batchSize, numSteps, hiddenSize), ...state() } as Record<string, tf.Tensor>,
  };
}

export function weightedLoss(
  { outputs, finalState }: RecurrentResult<RecurrentKind>,
  coefficients: Readonly<Record<string, tf.Tensor>>,
): tf.Scalar {
  const terms = Object.entries({ outputs, ...finalState }).map(([name, tensor]) =>
    tf.sum(tf.mul(tensor as tf.Tensor, coefficients[name]!)),
  );
  return tf.addN(terms) as tf.Scalar;
}

/** The op's results and the gradient of `weightedLoss` by every argument, as plain numbers. */
export function readGradients<Kind extends RecurrentKind>(
  op: Op,
  kind: Kind,
  args: RecurrentArguments<Kind>,
  coefficients: Readonly<Record<string, tf.Tensor>>,
) {
  return tf.tidy(() => {
    const named = { inputs: args.inputs, ...args.initialState, ...args.weights } as Record<string, tf.Tensor>;
    const names = Object.keys(named);
    const gradient = tf.grads((...tensors: tf.Tensor[]) => {
      const byName = Object.fromEntries(tensors.map((tensor, i) => [names[i]!, tensor]));
      const pick = (all: object) => Object.fromEntries(Object.keys(all).map((name) => [name, byName[name]!]));
      const changed = { inputs: byName["inputs"], initialState: pick(args.initialState), weights: pick(args.weights) };
      return weightedLoss(op(kind, changed as never) as never, coefficients);
    });
    const { outputs, finalState } = op(kind, args);
    const read = (tensors: Record<string, tf.Tensor>) =>
      Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]));
    const gradients = gradient(Object.values(named));
    return {
      outputs: outputs.dataSync() as Float32Array,
      finalState: read(finalState as Record<string, tf.Tensor>),
      gradients: read(Object.fromEntries(names.map((name, i) => [name, gradients[i]!]))),
    } as never as {
      outputs: Float32Array;
      finalState: Record<string, Float32Array>;
      gradients: Record<string, Float32Array>;
    };
  });
}
