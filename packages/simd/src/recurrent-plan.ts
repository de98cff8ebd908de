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

/**
 * Where the parts of a recurrent layer's workspace lie. The rows of a batch go in groups, each with a workspace of its own, one after the
 * other: so the rows that a thread has lie together. All matrices are blocked, one for each step: see assembly/tile.ts.
 */
export interface RecurrentPlan extends RecurrentSizes {
  readonly blocks: GateBlocks;
  readonly hiddenPanels: number;
  /** 0 where the inputs are ids. */
  readonly inputPanels: number;
  readonly numGroups: number;
  /** Rows of a group, of which the last may use fewer. */
  readonly groupRows: number;
  /** Floats from group to group. */
  readonly groupLength: number;
  /** Floats of one step of the inputs, the gates and the state, of a group. */
  readonly inputStep: number;
  readonly gateStep: number;
  readonly stateStep: number;
  /** Floats from the beginning to the inputs of the first group, and from those of a group to the next: ids of all groups lie together. */
  readonly inputs: number;
  readonly inputGroupLength: number;
  /** Floats from the beginning of a group to each of its parts. */
  readonly gates: number;
  readonly hidden: number;
  readonly cell: number;
  /** The gradients of the state at the step that the backward pass is at: those of the initial state after it. */
  readonly hiddenGradient: number;
  readonly cellGradient: number;
  /** Floats from the beginning to the lengths of all rows, and to the gradients of the gates, summed over all steps and rows. */
  readonly lengths: number;
  readonly sums: number;
  /** Floats in all. */
  readonly length: number;
}

/** @param numGroups the most groups to make of the rows, each a multiple of four but for the last. Default 1. */
export function planRecurrent(sizes: RecurrentSizes, numGroups = 1): RecurrentPlan {
  const { kind, batchSize, numSteps, inputSize, hiddenSize, hasIds, isDifferentiable } = sizes;
  const blocks = GATE_BLOCKS[kind];
  const hiddenPanels = Math.ceil(hiddenSize / 8);
  const inputPanels = hasIds ? 0 : Math.ceil(inputSize / 8);
  const groupRows = numGroups === 1 ? batchSize : Math.ceil(batchSize / 4 / numGroups) * 4;
  const inputStep = (hasIds ? 1 : inputPanels * 8) * groupRows;
  const stateStep = hiddenPanels * 8 * groupRows;
  const gateStep = blocks.numBlocks * stateStep;
  const gates = hasIds ? 0 : aligned(inputStep * numSteps);
  const hidden = aligned(gates + gateStep * (isDifferentiable ? numSteps : 1));
  const cell = aligned(hidden + stateStep * (numSteps + 1));
  const numCells = kind === "lstm" ? (isDifferentiable ? numSteps + 1 : 1) : 0;
  const hiddenGradient = aligned(cell + stateStep * numCells);
  const cellGradient = aligned(hiddenGradient + (isDifferentiable ? stateStep : 0));
  const groupLength = aligned(cellGradient + (isDifferentiable && kind === "lstm" ? stateStep : 0));
  const groups = numGroups === 1 ? 1 : Math.ceil(batchSize / groupRows);
  const lengths = groupLength * groups;
  const inputs = hasIds ? aligned(lengths + batchSize) : 0;
  const sums = hasIds ? aligned(inputs + groups * inputStep * numSteps) : aligned(lengths + batchSize);
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
    numGroups: groups,
    groupRows,
    groupLength,
    inputStep,
    gateStep,
    stateStep,
    inputs,
    inputGroupLength: hasIds ? inputStep * numSteps : groupLength,
    gates,
    hidden,
    cell,
    hiddenGradient,
    cellGradient,
    lengths,
    sums,
    length: sums + (isDifferentiable ? blocks.numBlocks * hiddenPanels * 8 : 0),
  };
}

/** To a cache line. */
function aligned(length: number): number {
  return Math.ceil(length / 16) * 16;
}

/** Floats from the beginning of a group to the tensors of the state, the hidden state first, in `step` steps. */
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

/** Floats of a recurrent weight that is more than the caches of a core like to hold beside the rest. */
const LARGE_WEIGHT = 32768;
const MAX_GROUPS = 64;

/** Whether the recurrent weight is so large that a layer of few rows is better split by its units. */
export function isLargeLayer({ kind, hiddenSize }: Pick<RecurrentSizes, "kind" | "hiddenSize">): boolean {
  return GATE_BLOCKS[kind].recurrent.length * hiddenSize * hiddenSize >= LARGE_WEIGHT;
}

/**
 * How many groups to make of the rows of a batch for so many threads: of eight rows each, for which a thread reads the recurrent weight once a
 * step, or four where that leaves a thread without any. Of a large layer up to 32, so long as there are two groups for each thread, and 1 where
 * there are not enough groups of eight.
 */
export function numRowGroups(sizes: RecurrentSizes, numThreads: number): number {
  const { batchSize } = sizes;
  if (!isLargeLayer(sizes)) {
    return Math.min(MAX_GROUPS, Math.max(Math.ceil(batchSize / 8), Math.min(numThreads, Math.ceil(batchSize / 4)), 1));
  }
  const numGroups = Math.max(Math.ceil(batchSize / 32), Math.min(2 * numThreads, Math.floor(batchSize / 8)));
  return numGroups >= numThreads ? Math.min(MAX_GROUPS, numGroups) : 1;
}

/** Floating-point operations of the recurrent product of a row in a step. */
export function rowOperations({ kind, hiddenSize }: Pick<RecurrentSizes, "kind" | "hiddenSize">): number {
  return 2 * GATE_BLOCKS[kind].recurrent.length * hiddenSize * hiddenSize;
}

/** The same for a whole pass. */
export function recurrentOperations(sizes: RecurrentSizes): number {
  return sizes.batchSize * sizes.numSteps * rowOperations(sizes);
}

/** A part of an array, from float `offset` on. */
export function part(array: SimdArray, offset: number, length: number): SimdArray {
  return { pointer: array.pointer + offset * 4, length };
}
