import { checkLength } from "./check-length.ts";
import { fillElements } from "./fill.ts";
import { KERNEL } from "./kernel.ts";
import type { PackedRecurrent } from "./pack-recurrent.ts";
import {
  isLargeLayer,
  numRowGroups,
  part,
  planRecurrent,
  recurrentOperations,
  rowOperations,
  stateOffsets,
  type RecurrentPlan,
  type RecurrentSizes,
} from "./recurrent-plan.ts";
import { valuesOf } from "./values-of.ts";
import type { Simd, SimdArray, SimdInts } from "./simd.ts";
import { placeStates, transferSequence, transferState } from "./transfer.ts";

export interface RecurrentForwardArguments extends RecurrentSizes {
  /** [B, T, I] floats, or [B, T] ids. */
  readonly inputs: SimdInts;
  /** How many steps each row has, 0 to T. Default T. */
  readonly lengths?: ArrayLike<number> | undefined;
  /** Whether the steps run from each row's last to its first. */
  readonly isReverse: boolean;
  /** By `packRecurrent`; borrowed. */
  readonly packed: PackedRecurrent;
  /** [B, H] each: the hidden state and, of an LSTM, the cell state. Default zeros. */
  readonly initialState?: readonly SimdArray[] | undefined;
  /** [B, T, H]: written. Default: not wanted. */
  readonly outputs?: SimdArray | undefined;
  /** [B, H] each: written. */
  readonly finalState: readonly SimdArray[];
}

/** What a forward pass leaves for the backward pass. */
export interface RecurrentTape {
  readonly plan: RecurrentPlan;
  /** The caller frees it. */
  readonly workspace: SimdArray;
  readonly hasLengths: boolean;
  readonly isReverse: boolean;
  /** How far the backward pass is: the gates hold their values, their gradients, and the sums of these are there too. */
  stage: "forward" | "backward" | "summed";
}

/** Words of assembly/lockstep.ts before those of the parts. */
const PROGRESS_HEAD = 16;
/** Words of assembly/groups.ts for a group. */
const GROUP_WORDS = 16;
/** How many operations a thread does, about 80 µs of work, before it looks for the group that is furthest behind. */
const OPERATIONS_AT_A_TIME = 2_000_000;

/**
 * One layer of a recurrent net, in one direction, over a whole sequence, spread over the threads: by groups of rows, which need not wait for
 * one another; or, where there are too few rows to read a large weight for, by units, in lockstep.
 *
 * Outputs beyond a row's length are 0, and its final state is that after its own last step, as with PyTorch's packed sequences.
 *
 * @returns the workspace; `recurrentBackward` wants it where `isDifferentiable`.
 * @throws RangeError when an array holds too little, a length is not from 0 to T, an id not from 0 to I − 1, a weight is NaN, or
 *   memory is exhausted.
 */
export function recurrentForward(simd: Simd, args: RecurrentForwardArguments): RecurrentTape {
  checkArguments(args);
  const wanted = simd.numTasks(recurrentOperations(args));
  const plan = planRecurrent(args, wanted > 1 ? numRowGroups(args, simd.numThreads) : 1);
  const { batchSize, numSteps, inputSize, hasIds, numGroups, groupLength } = plan;
  const { packed, lengths, isReverse } = args;
  const workspace = simd.allocate(plan.length);
  let progress: SimdArray | undefined;
  try {
    if (lengths) simd.write(part(workspace, plan.lengths, batchSize), Int32Array.from(lengths));
    const tape: RecurrentTape = { plan, workspace, hasLengths: lengths !== undefined, isReverse, stage: "forward" };
    const inputs = part(workspace, plan.inputs, plan.inputStep * numSteps);
    if (hasIds) packIds(simd, plan, args, workspace);
    else {
      const rowMajor = args.inputs;
      transferSequence(simd, "packSequence", tape, { rowMajor, blocked: inputs, groupLength, width: inputSize });
    }
    placeState(simd, tape, args.initialState);
    let numTasks = numGroups;
    if (numGroups > 1) progress = groupProgress(simd, plan);
    else if (wanted > 1 && isLargeLayer(args)) {
      numTasks = Math.min(wanted, plan.hiddenPanels);
      progress = simd.allocate(PROGRESS_HEAD + numTasks);
      fillElements(simd, progress, 0);
    }
    const words = layerWords(plan, progress, (group) => forwardWords(tape, packed, inputs, group));
    simd.run(KERNEL.recurrentForward, numTasks, words);
    readResults(simd, tape, args);
    return tape;
  } catch (error) {
    simd.free(workspace);
    throw error;
  } finally {
    if (progress) simd.free(progress);
  }
}

/** Puts the tensors of the state before the first step, zeros by default, where the kernels read them. */
export function placeState(
  simd: Simd,
  { plan, workspace }: RecurrentTape,
  initialState: readonly SimdArray[] | undefined,
): void {
  placeStates(simd, plan, { workspace, offsets: stateOffsets(plan, 0), rowMajor: initialState });
}

/** Copies what the forward kernel left in the workspace. */
export function readResults(
  simd: Simd,
  tape: RecurrentTape,
  { outputs, finalState }: Pick<RecurrentForwardArguments, "outputs" | "finalState">,
): void {
  const { plan, workspace } = tape;
  const { numSteps, hiddenSize, stateStep } = plan;
  const states = part(workspace, plan.hidden + stateStep, stateStep * numSteps);
  if (outputs) {
    const { groupLength } = plan;
    transferSequence(simd, "unpackSequence", tape, {
      rowMajor: outputs,
      blocked: states,
      groupLength,
      width: hiddenSize,
    });
  }
  const offsets = stateOffsets(plan, numSteps);
  for (let i = 0; i < offsets.length; i++) {
    const blocked = part(workspace, offsets[i]!, stateStep);
    transferState(simd, "unpackSequence", plan, { rowMajor: finalState[i]!, blocked });
  }
}

/** Zeros by which threads take steps of groups; the caller frees them. */
export function groupProgress(simd: Simd, { numGroups }: RecurrentPlan): SimdArray {
  const progress = simd.allocate(numGroups * GROUP_WORDS);
  fillElements(simd, progress, 0);
  return progress;
}

/** The arguments of a kernel over a layer: `LayerJob` in assembly/layer.ts, then the words of each group. */
export function layerWords(
  plan: RecurrentPlan,
  progress: SimdArray | undefined,
  wordsOf: (group: number) => number[],
): number[] {
  const { batchSize, groupRows, numGroups } = plan;
  const stepsAtATime = Math.ceil(OPERATIONS_AT_A_TIME / Math.max(1, groupRows * rowOperations(plan)));
  const words = [numGroups, batchSize, stepsAtATime, progress?.pointer ?? 0];
  for (let group = 0; group < numGroups; group++) words.push(...wordsOf(group));
  return words;
}

/** The arguments of the forward kernel for a group of rows: `RecurrentJob` in assembly/recurrent.ts. */
export function forwardWords(
  { plan, workspace, hasLengths, isReverse }: Omit<RecurrentTape, "stage">,
  packed: PackedRecurrent,
  inputs: SimdArray,
  group = 0,
): number[] {
  const { blocks, groupRows, numSteps, hiddenPanels, inputPanels, hasIds, isDifferentiable } = plan;
  const at = (offset: number) => workspace.pointer + (group * plan.groupLength + offset) * 4;
  const stepBytes = isDifferentiable ? 4 : 0;
  const { pointer } = packed.inputWeight;
  const inputsPointer = inputs.pointer + group * plan.inputGroupLength * 4;
  return [
    ...[blocks.code, groupRows, numSteps, hiddenPanels, inputPanels],
    ...[blocks.numBlocks, blocks.input.length, blocks.recurrent.length],
    ...(hasIds ? [0, inputsPointer, pointer, 0] : [inputsPointer, 0, 0, pointer]),
    ...[packed.recurrentWeight.pointer, packed.bias.pointer],
    ...[at(plan.gates), plan.gateStep * stepBytes, at(plan.hidden), plan.stateStep * 4],
    ...[at(plan.cell), plan.stateStep * stepBytes],
    ...[lengthsPointer({ plan, workspace, hasLengths }, group), Number(isReverse), 0, 0, 0],
  ];
}

/** Of the lengths of a group's rows; 0 where all have all steps. */
export function lengthsPointer(
  { plan, workspace, hasLengths }: Pick<RecurrentTape, "plan" | "workspace" | "hasLengths">,
  group: number,
): number {
  return hasLengths ? workspace.pointer + (plan.lengths + group * plan.groupRows) * 4 : 0;
}

function checkArguments(args: RecurrentForwardArguments): void {
  const { batchSize, numSteps, inputSize, hiddenSize, hasIds, lengths } = args;
  checkLength("recurrent: inputs", args.inputs, batchSize * numSteps * (hasIds ? 1 : inputSize));
  checkLength("recurrent: outputs", args.outputs, batchSize * numSteps * hiddenSize);
  for (const array of args.initialState ?? []) checkLength("recurrent: initialState", array, batchSize * hiddenSize);
  for (const array of args.finalState) checkLength("recurrent: finalState", array, batchSize * hiddenSize);
  if (!lengths) return;
  if (lengths.length !== batchSize) {
    throw new RangeError(`recurrent: lengths must be one for each of ${batchSize} rows, got ${lengths.length}`);
  }
  for (let row = 0; row < batchSize; row++) {
    const length = lengths[row]!;
    if (!Number.isInteger(length) || length < 0 || length > numSteps) {
      throw new RangeError(`recurrent: lengths must be integers from 0 to ${numSteps}, got ${length}`);
    }
  }
}

/** [B, T] -> [T][rows] of each group, in the order of the steps; 0 where a row has ended. */
function packIds(simd: Simd, plan: RecurrentPlan, args: RecurrentForwardArguments, workspace: SimdArray): void {
  const { batchSize, numSteps, inputSize, groupRows } = plan;
  const { lengths, isReverse } = args;
  const ids = valuesOf(simd, args.inputs);
  const packed = new Int32Array(plan.numGroups * numSteps * groupRows);
  for (let row = 0; row < batchSize; row++) {
    const length = lengths ? lengths[row]! : numSteps;
    const begin = row * numSteps;
    const target = Math.floor(row / groupRows) * numSteps * groupRows + (row % groupRows);
    for (let time = 0; time < numSteps; time++) {
      const id = time < length ? ids[begin + time]! : 0;
      if (id < 0 || id >= inputSize) {
        throw new RangeError(`recurrent: inputs must be ids from 0 to ${inputSize - 1}, got ${id}`);
      }
      packed[target + (isReverse ? numSteps - 1 - time : time) * groupRows] = id;
    }
  }
  simd.write(part(workspace, plan.inputs, packed.length), packed);
}
