import {
  NUM_GATES,
  type AttendingArguments,
  type AttendingResult,
  type RecurrentKind,
  type RecurrentState,
} from "@rnnkit/ops";
import { normal, uniform, xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";

export interface AttendingSizes {
  readonly kind: RecurrentKind;
  readonly numLayers: number;
  readonly batchSize: number;
  readonly numSteps: number;
  readonly numKeys: number;
  /** E */
  readonly inputSize: number;
  /** H */
  readonly hiddenSize: number;
  /** A; H where no weight projects the queries. */
  readonly width: number;
  /** N */
  readonly valueWidth: number;
  readonly isProjected?: boolean;
  readonly isAdditive?: boolean;
  readonly scale?: number;
  readonly lengths?: readonly number[];
  /** Whether there are masks of the weights and between the layers. */
  readonly hasMasks?: boolean;
  /** Default true. */
  readonly hasBias?: boolean;
}

export type AttendingOp = <Kind extends RecurrentKind>(
  kind: Kind,
  args: AttendingArguments<Kind>,
) => AttendingResult<Kind>;

type Arguments = AttendingArguments<RecurrentKind>;

/** Seeded arguments, in a tidy of the caller's. */
export function attendingArguments(sizes: AttendingSizes): Arguments {
  const { kind, numLayers, batchSize, numSteps, numKeys, inputSize, hiddenSize, width, valueWidth, lengths } = sizes;
  const generator = xoshiro128(11);
  const draw = (...shape: number[]): tf.Tensor => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.tensor(
      Float32Array.from({ length: size }, () => normal(generator, { standardDeviation: 0.5 })),
      shape,
    );
  };
  const mask = (...shape: number[]): tf.Tensor => {
    const size = shape.reduce((a, b) => a * b, 1);
    return tf.tensor(
      Float32Array.from({ length: size }, () => (uniform(generator) < 0.75 ? 4 / 3 : 0)),
      shape,
    );
  };
  const rows = NUM_GATES[kind] * hiddenSize;
  const { isProjected, isAdditive, scale, hasMasks, hasBias = true } = sizes;
  return {
    inputs: draw(batchSize, numSteps, inputSize),
    keys: draw(batchSize, numKeys, width),
    values: draw(batchSize, numKeys, valueWidth),
    ...(isProjected && { queryWeight: draw(width, hiddenSize) }),
    ...(isAdditive && { vector: draw(width) }),
    ...(scale !== undefined && { scale }),
    ...(lengths && { lengths }),
    layers: Array.from({ length: numLayers }, (_, k) => ({
      inputWeight: draw(rows, k === 0 ? valueWidth + inputSize : hiddenSize),
      recurrentWeight: draw(rows, hiddenSize),
      ...(hasBias && { inputBias: draw(rows), recurrentBias: draw(rows) }),
    })),
    initialState: Array.from({ length: numLayers }, () => ({
      hidden: draw(batchSize, hiddenSize),
      ...(kind === "lstm" && { cell: draw(batchSize, hiddenSize) }),
    })),
    ...(hasMasks && {
      mask: mask(batchSize, numSteps, numKeys),
      between: Array.from({ length: numLayers - 1 }, () => mask(batchSize, numSteps, hiddenSize)),
    }),
  } as unknown as Arguments;
}

/** The tensors that have a gradient; the number of a layer stands behind the name. */
export function operands(args: Arguments): Record<string, tf.Tensor> {
  const { inputs, keys, values, queryWeight, vector, layers, initialState } = args;
  const numbered = (parts: readonly object[]) =>
    parts.flatMap((part, k) => Object.entries(part).map(([name, tensor]) => [`${name}${k}`, tensor as tf.Tensor]));
  return {
    ...{ inputs, keys, values },
    ...(queryWeight && { queryWeight }),
    ...(vector && { vector }),
    ...(Object.fromEntries([...numbered(layers), ...numbered(initialState)]) as Record<string, tf.Tensor>),
  };
}

/** The arguments with other tensors under the names of `operands`. */
function withOperands(args: Arguments, tensors: Readonly<Record<string, tf.Tensor>>): Arguments {
  const replaced = <Part extends object>(part: Part, k: number) =>
    Object.fromEntries(Object.keys(part).map((name) => [name, tensors[`${name}${k}`]])) as unknown as Part;
  const { inputs, keys, values, queryWeight, vector } = tensors;
  return {
    ...args,
    ...({ inputs, keys, values } as Pick<Arguments, "inputs" | "keys" | "values">),
    ...(queryWeight && { queryWeight: queryWeight as tf.Tensor2D }),
    ...(vector && { vector: vector as tf.Tensor1D }),
    layers: args.layers.map(replaced),
    initialState: args.initialState.map(replaced),
  };
}

/** Every result by its name. */
export function namedResults({
  outputs,
  weights,
  finalState,
}: AttendingResult<RecurrentKind>): Record<string, tf.Tensor> {
  const states = finalState.flatMap((state: RecurrentState<RecurrentKind>, k) =>
    Object.entries(state).map(([name, tensor]) => [`final ${name}${k}`, tensor as tf.Tensor] as const),
  );
  return { outputs, weights, ...Object.fromEntries(states) };
}

/** What element i of a result counts in `weightedSum`. */
export const factor = (i: number): number => Math.cos(i + 1);

/** A number of all results, in which every element counts in its own way. */
function weightedSum(result: AttendingResult<RecurrentKind>): tf.Scalar {
  const sums = Object.values(namedResults(result)).map((tensor) => {
    const factors = tf.tensor(
      Float32Array.from({ length: tensor.size }, (_, i) => factor(i)),
      tensor.shape,
    );
    return tf.sum<tf.Scalar>(tf.mul(tensor, factors));
  });
  return tf.addN(sums);
}

/** Results and gradients of `weightedSum` as plain numbers. */
export function readAttending(op: AttendingOp, kind: RecurrentKind, args: Arguments): Record<string, Float32Array> {
  return tf.tidy(() => {
    const named = operands(args);
    const names = Object.keys(named);
    const loss = (...tensors: tf.Tensor[]) =>
      tf.tidy(() =>
        weightedSum(
          // What the loss itself made must not be needed after its tidy.
          op(kind, withOperands(args, Object.fromEntries(names.map((name, i) => [name, tf.mul(tensors[i]!, 1)])))),
        ),
      );
    const gradients = tf.grads(loss)(Object.values(named));
    const tensors = {
      ...namedResults(op(kind, args)),
      ...Object.fromEntries(names.map((name, i) => [`d ${name}`, gradients[i]!])),
    };
    return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.dataSync<"float32">()]));
  });
}
