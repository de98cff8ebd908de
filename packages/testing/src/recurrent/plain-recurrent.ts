import type { RecurrentKind } from "@rnnkit/ops";
import type * as tf from "@tensorflow/tfjs";
import { differentiable, type CaseArguments, type Coefficients } from "./recurrent-case.ts";

/** The tensors of a case as float64, under the names of `differentiable`. */
export type PlainTensors = Readonly<Record<string, Float64Array>>;

export function plainTensors(args: CaseArguments<RecurrentKind>): PlainTensors {
  return plain(differentiable(args));
}

/**
 * The loss of a case in float64, one number after the other, out of no tensor operation: what central differences want.
 *
 * @param tensors in place of those of `args`, which gives the sizes, ids, lengths and the direction.
 */
export function plainLoss(
  kind: RecurrentKind,
  args: CaseArguments<RecurrentKind>,
  coefficients: Coefficients,
): (tensors: PlainTensors) => number {
  const [batchSize, numSteps] = args.inputs.shape;
  const inputSize = args.weights.inputWeight.shape[1];
  const hiddenSize = args.weights.recurrentWeight.shape[1];
  const ids = args.inputs.rank === 2 ? args.inputs.dataSync() : undefined;
  const factors = plain(coefficients);
  return (tensors) => {
    let loss = 0;
    for (let row = 0; row < batchSize; row++) {
      const ofRow = (values: Float64Array, width: number, at = row) => values.slice(at * width, (at + 1) * width);
      let hidden: Float64Array = ofRow(tensors["hidden"]!, hiddenSize);
      let cell: Float64Array = ofRow(tensors["cell"] ?? tensors["hidden"]!, hiddenSize);
      const steps = Array.from({ length: args.lengths?.[row] ?? numSteps }, (_, t) => t);
      for (const t of args.isReverse ? steps.reverse() : steps) {
        const at = row * numSteps + t;
        const input = ids ? oneHot(ids[at]!, inputSize) : ofRow(tensors["inputs"]!, inputSize, at);
        const inputSums = product(tensors["inputWeight"]!, input, tensors["inputBias"]);
        const recurrentSums = product(tensors["recurrentWeight"]!, hidden, tensors["recurrentBias"]);
        [hidden, cell] = plainStep(kind, { inputSums, recurrentSums, hidden, cell });
        loss += dot(hidden, ofRow(factors["outputs"]!, hiddenSize, at));
      }
      loss += dot(hidden, ofRow(factors["hidden"]!, hiddenSize));
      if (factors["cell"]) loss += dot(cell, ofRow(factors["cell"], hiddenSize));
    }
    return loss;
  };
}

/** Central differences of a function at a point, by every value of every tensor. */
export function centralDifferences(loss: (tensors: PlainTensors) => number, tensors: PlainTensors): PlainTensors {
  const shift = 1e-5; // of the order of the cube root of float64's rounding
  const differences = Object.entries(tensors).map(([name, values]) => {
    const at = (i: number, change: number) => {
      const moved = values.slice();
      moved[i]! += change;
      return loss({ ...tensors, [name]: moved });
    };
    return [name, values.map((_, i) => (at(i, shift) - at(i, -shift)) / (2 * shift))] as const;
  });
  return Object.fromEntries(differences);
}

interface PlainStep {
  /** [G·H] */
  readonly inputSums: Float64Array;
  /** [G·H] */
  readonly recurrentSums: Float64Array;
  readonly hidden: Float64Array;
  readonly cell: Float64Array;
}

/** One step of one row. */
export function plainStep(
  kind: RecurrentKind,
  { inputSums, recurrentSums, hidden, cell }: PlainStep,
): [hidden: Float64Array, cell: Float64Array] {
  const size = hidden.length;
  const sum = (gate: number, i: number) => inputSums[gate * size + i]! + recurrentSums[gate * size + i]!;
  if (kind === "lstm") {
    const next = cell.map((value, i) => logistic(sum(1, i)) * value + logistic(sum(0, i)) * Math.tanh(sum(2, i)));
    return [next.map((value, i) => logistic(sum(3, i)) * Math.tanh(value)), next];
  }
  if (kind === "gru") {
    const next = hidden.map((value, i) => {
      const update = logistic(sum(1, i));
      const candidate = Math.tanh(inputSums[2 * size + i]! + logistic(sum(0, i)) * recurrentSums[2 * size + i]!);
      return (1 - update) * candidate + update * value;
    });
    return [next, cell];
  }
  return [hidden.map((_, i) => (kind === "rnn-relu" ? Math.max(0, sum(0, i)) : Math.tanh(sum(0, i)))), cell];
}

/** weight·vector + bias. */
export function product(weight: Float64Array, vector: Float64Array, bias: Float64Array | undefined): Float64Array {
  const rows = new Float64Array(weight.length / vector.length);
  return rows.map((_, row) => {
    return dot(weight.subarray(row * vector.length, (row + 1) * vector.length), vector) + (bias?.[row] ?? 0);
  });
}

export function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function oneHot(id: number, size: number): Float64Array {
  return new Float64Array(size).fill(1, id, id + 1);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function plain(tensors: Readonly<Record<string, tf.Tensor>>): PlainTensors {
  const entries = Object.entries(tensors).map(
    ([name, tensor]) => [name, Float64Array.from(tensor.dataSync())] as const,
  );
  return Object.fromEntries(entries);
}
