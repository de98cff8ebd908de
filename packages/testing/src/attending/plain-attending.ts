import { dot, plainStep, product, type PlainTensors } from "../recurrent/plain-recurrent.ts";
import { factor, type AttendingSizes } from "./attending-case.ts";

interface PlainMasks {
  readonly mask: ArrayLike<number> | undefined;
  readonly between: readonly ArrayLike<number>[] | undefined;
}

/** `weightedSum` of all results in float64, from the formulas and nothing of TensorFlow.js. */
export function plainWeightedSum(sizes: AttendingSizes, { mask, between }: PlainMasks, tensors: PlainTensors): number {
  const { kind, numLayers, batchSize, numSteps, numKeys, inputSize, hiddenSize, width, valueWidth } = sizes;
  const { scale = 1, lengths } = sizes;
  let sum = 0;
  const count = (values: Float64Array, at: number) => {
    for (const [i, value] of values.entries()) sum += value * factor(at * values.length + i);
  };
  for (let b = 0; b < batchSize; b++) {
    const rowOf = (name: string, size: number, at: number) => tensors[name]!.slice(at * size, (at + 1) * size);
    const states = Array.from({ length: numLayers }, (_, k): [Float64Array, Float64Array] => [
      rowOf(`hidden${k}`, hiddenSize, b),
      rowOf(tensors[`cell${k}`] ? `cell${k}` : `hidden${k}`, hiddenSize, b),
    ]);
    for (let t = 0; t < numSteps; t++) {
      const at = b * numSteps + t;
      const hidden = states.at(-1)![0];
      const query = tensors["queryWeight"] ? product(tensors["queryWeight"], hidden, undefined) : hidden;
      const scores = Array.from({ length: lengths?.[b] ?? numKeys }, (_, s) => {
        const key = rowOf("keys", width, b * numKeys + s);
        return tensors["vector"]
          ? dot(
              tensors["vector"],
              key.map((k, a) => Math.tanh(k + query[a]!)),
            )
          : scale * dot(query, key);
      });
      const total = scores.reduce((all, score) => all + Math.exp(score), 0);
      const weights = new Float64Array(numKeys);
      const context = new Float64Array(valueWidth);
      for (const [s, score] of scores.entries()) {
        weights[s] = Math.exp(score) / total;
        const value = rowOf("values", valueWidth, b * numKeys + s);
        for (const [n, each] of value.entries()) context[n]! += weights[s] * (mask?.[at * numKeys + s] ?? 1) * each;
      }
      count(weights, at);
      let below = Float64Array.of(...context, ...rowOf("inputs", inputSize, at));
      for (let k = 0; k < numLayers; k++) {
        const [before, cell] = states[k]!;
        const inputSums = product(tensors[`inputWeight${k}`]!, below, tensors[`inputBias${k}`]);
        const recurrentSums = product(tensors[`recurrentWeight${k}`]!, before, tensors[`recurrentBias${k}`]);
        states[k] = plainStep(kind, { inputSums, recurrentSums, hidden: before, cell });
        below = states[k]![0].map((value, i) => value * (between?.[k]?.[at * hiddenSize + i] ?? 1));
      }
      count(below, at);
    }
    for (const [hidden, cell] of states) {
      count(hidden, b);
      if (kind === "lstm") count(cell, b);
    }
  }
  return sum;
}
