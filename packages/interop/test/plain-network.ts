import type { EmbeddingModule, LinearModule, RecurrentDirection, RecurrentNetwork, Weight } from "../src/index.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** W·x + b. */
function product(weight: Weight, x: readonly number[], bias?: Weight): number[] {
  const [rows, columns] = weight.shape as [number, number];
  return Array.from({ length: rows }, (_, row) => {
    let sum = bias?.data[row] ?? 0;
    for (let column = 0; column < columns; column++) sum += weight.data[row * columns + column]! * x[column]!;
    return sum;
  });
}

interface State {
  readonly hidden: number[];
  readonly cell: number[];
}

/** One time step, written from the equations and in no hurry. */
function step(
  kind: RecurrentNetwork["kind"],
  weights: RecurrentDirection,
  x: number[],
  { hidden, cell }: State,
): State {
  const size =
    weights.recurrentWeight.shape[0]! / { "rnn-tanh": 1, "rnn-relu": 1, gru: 3, "gru-reset-before": 3, lstm: 4 }[kind];
  const block = (values: number[], index: number) => values.slice(index * size, (index + 1) * size);
  const a = product(weights.inputWeight, x, weights.inputBias);
  const b = product(weights.recurrentWeight, hidden, weights.recurrentBias);
  const sum = a.map((value, i) => value + b[i]!);
  if (kind === "rnn-tanh") return { hidden: sum.map(Math.tanh), cell };
  if (kind === "rnn-relu") return { hidden: sum.map((value) => Math.max(0, value)), cell };
  if (kind === "lstm") {
    const [i, f, o] = [0, 1, 3].map((index) => block(sum, index).map(sigmoid)) as [number[], number[], number[]];
    const g = block(sum, 2).map(Math.tanh);
    const next = cell.map((value, j) => f[j]! * value + i[j]! * g[j]!);
    const output = next.map((value, j) => o[j]! * Math.tanh(value));
    return { hidden: weights.projectionWeight ? product(weights.projectionWeight, output) : output, cell: next };
  }
  const [r, z] = [0, 1].map((index) => block(sum, index).map(sigmoid)) as [number[], number[]];
  const before = hidden.map((value, j) => r[j]! * value);
  const n = block(a, 2).map((value, j) => {
    if (kind === "gru") return Math.tanh(value + r[j]! * block(b, 2)[j]!);
    return Math.tanh(value + block(product(weights.recurrentWeight, before, weights.recurrentBias), 2)[j]!);
  });
  return { hidden: n.map((value, j) => (1 - z[j]!) * value + z[j]! * hidden[j]!), cell };
}

/** The outputs of all steps of one row, of as many steps as it has: no padding, so nothing to mask. */
export function runNetwork({ kind, layers }: RecurrentNetwork, inputs: number[][]): number[][] {
  let outputs = inputs;
  for (const { forward, backward } of layers) {
    const run = (weights: RecurrentDirection, steps: number[][]) => {
      const width = weights.recurrentWeight.shape[1]!;
      const size = weights.projectionWeight?.shape[1] ?? width;
      let state: State = { hidden: Array<number>(width).fill(0), cell: Array<number>(size).fill(0) };
      return steps.map((x) => (state = step(kind, weights, x, state)).hidden);
    };
    const ahead = run(forward, outputs);
    const back = backward && run(backward, [...outputs].reverse()).reverse();
    outputs = ahead.map((hidden, t) => [...hidden, ...(back?.[t] ?? [])]);
  }
  return outputs;
}

/** The logits of all steps of one row of ids; without an embedding they enter as one-hot rows. */
export function runModel(
  { embedding, recurrent, output }: { embedding?: EmbeddingModule; recurrent: RecurrentNetwork; output: LinearModule },
  ids: readonly number[],
): number[][] {
  const width = embedding?.weight.shape[1] ?? recurrent.layers[0]!.forward.inputWeight.shape[1]!;
  const inputs = ids.map((id) =>
    embedding
      ? [...embedding.weight.data.subarray(id * width, (id + 1) * width)]
      : Array.from({ length: width }, (_, i) => Number(i === id)),
  );
  return runNetwork(recurrent, inputs).map((hidden) => product(output.weight, hidden, output.bias));
}
