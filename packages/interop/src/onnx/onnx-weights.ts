import type { RecurrentDirection, RecurrentNetworkKind } from "../weights/network-module.ts";
import type { Weight } from "../weights/weight.ts";

/** For each block of ONNX, the block of PyTorch's that it is: z, r, h of a GRU and i, o, f, c of an LSTM. */
const BLOCKS: Readonly<Record<RecurrentNetworkKind, readonly number[]>> = {
  "rnn-tanh": [0],
  "rnn-relu": [0],
  gru: [1, 0, 2],
  "gru-reset-before": [1, 0, 2],
  lstm: [0, 3, 1, 2],
};

/** The inputs W, R and B of the operator for one layer: those of its directions, one behind the other. */
export interface OnnxWeights {
  readonly W: Float32Array;
  readonly R: Float32Array;
  /** Input biases, then recurrent biases, of each direction; absent where there are none. */
  readonly B?: Float32Array;
}

export function onnxWeights(kind: RecurrentNetworkKind, directions: readonly RecurrentDirection[]): OnnxWeights {
  const ordered = (weight: Weight) => reorder(BLOCKS[kind], weight.data);
  const hasBias = directions.some(({ inputBias, recurrentBias }) => inputBias ?? recurrentBias);
  const bias = (weight: Weight | undefined, rows: number) => (weight ? ordered(weight) : new Float32Array(rows));
  return {
    W: concatenate(directions.map(({ inputWeight }) => ordered(inputWeight))),
    R: concatenate(directions.map((direction) => ordered(withoutProjection(direction)))),
    ...(hasBias && {
      B: concatenate(
        directions.flatMap(({ inputBias, recurrentBias, recurrentWeight }) => [
          bias(inputBias, recurrentWeight.shape[0]!),
          bias(recurrentBias, recurrentWeight.shape[0]!),
        ]),
      ),
    }),
  };
}

export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/**
 * The recurrent weight over the output before the projection: with h = W_hr·m, W_hh·h is (W_hh·W_hr)·m. ONNX knows no
 * projection; so its LSTM runs on m, and whoever reads its outputs projects them.
 */
function withoutProjection({ recurrentWeight, projectionWeight }: RecurrentDirection): Weight {
  if (!projectionWeight) return recurrentWeight;
  const [rows, projected] = recurrentWeight.shape as [number, number];
  const hiddenSize = projectionWeight.shape[1]!;
  const data = new Float32Array(rows * hiddenSize);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < hiddenSize; column++) {
      let sum = 0;
      for (let p = 0; p < projected; p++) {
        sum += recurrentWeight.data[row * projected + p]! * projectionWeight.data[p * hiddenSize + column]!;
      }
      data[row * hiddenSize + column] = sum;
    }
  }
  return { shape: [rows, hiddenSize], data };
}

function reorder(blocks: readonly number[], data: ArrayLike<number>): Float32Array {
  const from = Float32Array.from(data);
  const size = from.length / blocks.length;
  return concatenate(blocks.map((block) => from.subarray(block * size, (block + 1) * size)));
}
