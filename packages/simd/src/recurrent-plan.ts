import type { SimdArray } from "./simd.ts";

/** The recurrent nets that have kernels; a GRU resets after the product, as PyTorch. */
export type RecurrentKernelKind = "rnn-tanh" | "rnn-relu" | "gru" | "lstm";

/**
 * How the gates of a kind lie in the kernels' memory: blocks of H columns, of which the first `inputBlocks` take the product with the
 * inputs and the last `recurrentBlocks` that with the hidden state. A GRU's candidate has one block for each.
 */
export interface GateBlocks {
  /** The number by which assembly/gates.ts knows the kind. */
  readonly code: number;
  readonly numBlocks: number;
  /** For each block of the input product, the block of the parameter. */
  readonly input: readonly number[];
  /** The same for the recurrent product. */
  readonly recurrent: readonly number[];
}

export const GATE_BLOCKS: Readonly<Record<RecurrentKernelKind, GateBlocks>> = {
  "rnn-tanh": { code: 0, numBlocks: 1, input: [0], recurrent: [0] },
  "rnn-relu": { code: 1, numBlocks: 1, input: [0], recurrent: [0] },
  gru: { code: 2, numBlocks: 4, input: [2, 0, 1], recurrent: [0, 1, 2] },
  lstm: { code: 3, numBlocks: 4, input: [0, 1, 2, 3], recurrent: [0, 1, 2, 3] },
};

export interface RecurrentSizes {
  readonly kind: RecurrentKernelKind;
  readonly batchSize: number;
  readonly numSteps: number;
  /** I; the number of ids where the inputs are ids. */
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** Whether the inputs are ids, each standing for a one-hot vector. */
  readonly hasIds: boolean;
  /** Whether what the backward pass needs is kept. */
  readonly isDifferentiable: boolean;
}

/** Where the parts of a recurrent layer's workspace lie. All matrices are blocked, one for each step: see assembly/tile.ts. */
export interface RecurrentPlan extends RecurrentSizes {
  readonly blocks: GateBlocks;
  readonly hiddenPanels: number;
  /** 0 where the inputs are ids. */
  readonly inputPanels: number;
  /** Floats of one step of the inputs, the gates and the state. */
  readonly inputStep: number;
  readonly gateStep: number;
  readonly stateStep: number;
  /** Floats from the beginning to each part. */
  readonly inputs: number;
  readonly lengths: number;
  readonly gates: number;
  readonly hidden: number;
  readonly cell: number;
  /** The gradients of the state at the step that the backward pass is at: those of the initial state after it. */
  readonly hiddenGradient: number;
  readonly cellGradient: number;
  /** Of the gradients of the gates over all steps and rows. */
  readonly sums: number;
  /** Floats in all. */
  readonly length: number;
  /** Whether the recurrent weight is more than the caches of a core like to hold beside the rest. */
  readonly isLarge: boolean;
}

/** Floats of a large recurrent weight. */
const LARGE_WEIGHT = 32768;

export function planRecurrent(sizes: RecurrentSizes): RecurrentPlan {
  const { kind, batchSize, numSteps, inputSize, hiddenSize, hasIds, isDifferentiable } = sizes;
  const blocks = GATE_BLOCKS[kind];
  const hiddenPanels = Math.ceil(hiddenSize / 8);
  const inputPanels = hasIds ? 0 : Math.ceil(inputSize / 8);
  const inputStep = (hasIds ? 1 : inputPanels * 8) * batchSize;
  const stateStep = hiddenPanels * 8 * batchSize;
  const gateStep = blocks.numBlocks * stateStep;
  const inputs = 0;
  const lengths = aligned(inputs + inputStep * numSteps);
  const gates = aligned(lengths + batchSize);
  const hidden = aligned(gates + gateStep * (isDifferentiable ? numSteps : 1));
  const cell = aligned(hidden + stateStep * (numSteps + 1));
  const numCells = kind === "lstm" ? (isDifferentiable ? numSteps + 1 : 1) : 0;
  const hiddenGradient = aligned(cell + stateStep * numCells);
  const cellGradient = aligned(hiddenGradient + (isDifferentiable ? stateStep : 0));
  const sums = aligned(cellGradient + (isDifferentiable && kind === "lstm" ? stateStep : 0));
  // Field by field, as wherever an object is made for every layer of every step: a spread of that many takes as long as a small kernel.
  return {
    kind,
    batchSize,
    numSteps,
    inputSize,
    hiddenSize,
    hasIds,
    isDifferentiable,
    blocks,
    hiddenPanels,
    inputPanels,
    inputStep,
    gateStep,
    stateStep,
    inputs,
    lengths,
    gates,
    hidden,
    cell,
    hiddenGradient,
    cellGradient,
    sums,
    length: sums + (isDifferentiable ? blocks.numBlocks * hiddenPanels * 8 : 0),
    isLarge: blocks.recurrent.length * hiddenPanels * hiddenPanels * 64 >= LARGE_WEIGHT,
  };
}

/** To a cache line. */
function aligned(length: number): number {
  return Math.ceil(length / 16) * 16;
}

/** Floats from the beginning of the workspace to the tensors of the state, the hidden state first, in `step` steps. */
export function stateOffsets(
  { kind, hidden, cell, stateStep, isDifferentiable }: RecurrentPlan,
  step: number,
): number[] {
  const hiddenAt = hidden + stateStep * step;
  return kind === "lstm" ? [hiddenAt, cell + (isDifferentiable ? stateStep * step : 0)] : [hiddenAt];
}

/** The same for their gradients. */
export function stateGradientOffsets({ kind, hiddenGradient, cellGradient }: RecurrentPlan): number[] {
  return kind === "lstm" ? [hiddenGradient, cellGradient] : [hiddenGradient];
}

/**
 * The most tasks to split the rows of a batch into. Each reads the recurrent weight once a step, for eight rows, or for up to 32 of a large
 * one; for four where that leaves a thread without any.
 */
export function mostRowTasks({ batchSize, isLarge }: RecurrentPlan, numThreads: number): number {
  return Math.max(Math.ceil(batchSize / (isLarge ? 32 : 8)), Math.min(numThreads, Math.ceil(batchSize / 4)));
}

/** A part of an array, from float `offset` on. */
export function part(array: SimdArray, offset: number, length: number): SimdArray {
  return { pointer: array.pointer + offset * 4, length };
}
