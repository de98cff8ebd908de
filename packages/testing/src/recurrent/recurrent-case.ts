import {
  NUM_GATES,
  type RecurrentArguments,
  type RecurrentKind,
  type RecurrentResult,
  type RecurrentState,
} from "@rnnkit/ops";
import { integer, normal, xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";

/** What a case of the recurrent op looks like; see `RecurrentArguments`. */
export interface RecurrentSizes {
  readonly batchSize: number;
  readonly numSteps: number;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly lengths?: readonly number[];
  readonly isReverse?: boolean;
  /** Whether the inputs are ids. Default false. */
  readonly isIds?: boolean;
  /** Default true. */
  readonly hasBias?: boolean;
}

export type RecurrentOp = <Kind extends RecurrentKind>(
  kind: Kind,
  args: RecurrentArguments<Kind>,
) => RecurrentResult<Kind>;

/** A number for each value of the results: the loss is the sum of their products, so that every gradient matters. */
export type Coefficients = Readonly<Record<string, tf.Tensor>>;

/** With a state to begin with. */
export type CaseArguments<Kind extends RecurrentKind> = RecurrentArguments<Kind> & {
  readonly initialState: RecurrentState<Kind>;
};

/** Seeded arguments of the op, and coefficients of its results. The caller owns the tensors. */
export function recurrentArguments<Kind extends RecurrentKind>(
  kind: Kind,
  sizes: RecurrentSizes,
  seed: number,
): { args: CaseArguments<Kind>; coefficients: Coefficients } {
  const { batchSize, numSteps, inputSize, hiddenSize, lengths, isReverse, isIds = false, hasBias = true } = sizes;
  const generator = xoshiro128(seed);
  const draw = (...shape: number[]): tf.Tensor => {
    const values = Float32Array.from({ length: size(shape) }, () => normal(generator, { standardDeviation: 0.5 }));
    return tf.tensor(values, shape);
  };
  const ids = () => Int32Array.from({ length: batchSize * numSteps }, () => integer(generator, inputSize));
  const rows = NUM_GATES[kind] * hiddenSize;
  const state = () => ({
    hidden: draw(batchSize, hiddenSize),
    ...(kind === "lstm" && { cell: draw(batchSize, hiddenSize) }),
  });
  const args = {
    inputs: isIds ? tf.tensor2d(ids(), [batchSize, numSteps], "int32") : draw(batchSize, numSteps, inputSize),
    initialState: state(),
    weights: {
      inputWeight: draw(rows, inputSize),
      recurrentWeight: draw(rows, hiddenSize),
      ...(hasBias && { inputBias: draw(rows), recurrentBias: draw(rows) }),
    },
    lengths,
    isReverse,
  } as unknown as CaseArguments<Kind>;
  return { args, coefficients: { outputs: draw(batchSize, numSteps, hiddenSize), ...state() } };
}

/** Runs `body` in a tidy, on a case of its own. */
export function withCase(
  kind: RecurrentKind,
  sizes: RecurrentSizes,
  body: (made: ReturnType<typeof recurrentArguments>) => void,
): void {
  tf.tidy(() => body(recurrentArguments(kind, sizes, 7)));
}

/** Frees what `recurrentArguments` made. */
export function disposeCase({ args, coefficients }: ReturnType<typeof recurrentArguments>): void {
  tf.dispose([differentiable(args), args.inputs, coefficients] as tf.TensorContainer[]);
}

/** The tensors that the op is differentiated by, under their names. */
export function differentiable(args: CaseArguments<RecurrentKind>): Record<string, tf.Tensor> {
  const inputs = args.inputs.rank === 3 ? { inputs: args.inputs } : {};
  return { ...inputs, ...args.initialState, ...args.weights } as Record<string, tf.Tensor>;
}

/** The same arguments with other tensors: the inverse of `differentiable`. */
export function withTensors<Kind extends RecurrentKind>(
  args: CaseArguments<Kind>,
  tensors: Readonly<Record<string, tf.Tensor>>,
): CaseArguments<Kind> {
  const pick = (all: object) =>
    Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, tensors[name] ?? (tensor as tf.Tensor)]));
  return {
    ...args,
    inputs: (tensors["inputs"] ?? args.inputs) as tf.Tensor3D,
    initialState: pick(args.initialState) as RecurrentState<Kind>,
    weights: pick(args.weights) as never,
  };
}

export function weightedLoss(
  { outputs, finalState }: RecurrentResult<RecurrentKind>,
  coefficients: Coefficients,
): tf.Scalar {
  const results: Record<string, tf.Tensor> = { outputs, ...finalState };
  const terms = Object.entries(coefficients).map(([name, factors]) => tf.sum(tf.mul(results[name]!, factors)));
  return tf.addN(terms) as tf.Scalar;
}

/** The op's results and the gradient of `weightedLoss` by every argument, as plain numbers. */
export function readGradients<Kind extends RecurrentKind>(
  op: RecurrentOp,
  kind: Kind,
  { args, coefficients }: { args: CaseArguments<Kind>; coefficients: Coefficients },
): { results: Record<string, Float32Array>; gradients: Record<string, Float32Array> } {
  const read = (tensors: Record<string, tf.Tensor>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]));
  const named = differentiable(args);
  const names = Object.keys(named);
  const byName = (tensors: tf.Tensor[]) => Object.fromEntries(tensors.map((tensor, i) => [names[i]!, tensor]));
  let results = {};
  let gradients = {};
  tf.tidy(() => {
    const { outputs, finalState } = op(kind, args);
    results = read({ outputs, ...finalState });
    const loss = (...tensors: tf.Tensor[]) => weightedLoss(op(kind, withTensors(args, byName(tensors))), coefficients);
    gradients = read(byName(tf.grads(loss)(Object.values(named))));
  });
  return { results, gradients };
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
