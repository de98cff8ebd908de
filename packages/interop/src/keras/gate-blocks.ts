import type { RecurrentNetworkKind } from "../weights/network-module.ts";
import { zerosLike, type Weight } from "../weights/weight.ts";

/**
 * For each block of Keras, the block of PyTorch's that it is. Keras orders the gates of a GRU z, r, h (PyTorch r, z, n) and
 * those of an LSTM i, f, c, o (PyTorch i, f, g, o): each order is its own inverse.
 */
const BLOCKS: Readonly<Record<RecurrentNetworkKind, readonly number[]>> = {
  "rnn-tanh": [0],
  "rnn-relu": [0],
  gru: [1, 0, 2],
  "gru-reset-before": [1, 0, 2],
  lstm: [0, 1, 2, 3],
};

/** A vector of G blocks, from the order of PyTorch to that of Keras or back. */
export function swapBlocks(kind: RecurrentNetworkKind, bias: Weight): Weight {
  const blocks = BLOCKS[kind];
  const size = bias.data.length / blocks.length;
  const data = zerosLike(bias, bias.data.length);
  for (const [to, from] of blocks.entries()) data.set(bias.data.subarray(from * size, (from + 1) * size), to * size);
  return { shape: bias.shape, data };
}

/** The transpose of a matrix of G blocks of rows, in the order of Keras: [G·H, I] to [I, G·H]. */
export function toKernel(kind: RecurrentNetworkKind, weight: Weight): Weight {
  const [rows, columns] = weight.shape as [number, number];
  const blocks = BLOCKS[kind];
  const size = rows / blocks.length;
  const data = zerosLike(weight, rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = blocks[Math.floor(row / size)]! * size + (row % size);
    for (let column = 0; column < columns; column++) data[column * rows + row] = weight.data[from * columns + column]!;
  }
  return { shape: [columns, rows], data };
}

/** The same back: [I, G·H] to [G·H, I]. */
export function fromKernel(kind: RecurrentNetworkKind, kernel: Weight): Weight {
  const [columns, rows] = kernel.shape as [number, number];
  const blocks = BLOCKS[kind];
  const size = rows / blocks.length;
  const data = zerosLike(kernel, rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = blocks[Math.floor(row / size)]! * size + (row % size);
    for (let column = 0; column < columns; column++) data[row * columns + column] = kernel.data[column * rows + from]!;
  }
  return { shape: [rows, columns], data };
}
