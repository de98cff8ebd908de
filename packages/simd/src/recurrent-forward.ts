import { checkLength } from "./check-length.ts";
import { fillElements } from "./fill.ts";
import { KERNEL } from "./kernel.ts";
import type { PackedRecurrent } from "./pack-recurrent.ts";
import {
  mostRowTasks,
  part,
  planRecurrent,
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

/**
 * One layer of a recurrent net, in one direction, over a whole sequence, spread over the threads: a large weight by its units, so that each
 * thread reads its share for all rows; a smaller one is read by all, for their own rows, and no thread waits for another at each step.
 *
 * Outputs beyond a row's length are 0, and its final state is that after its own last step, as with PyTorch's packed sequences.
 *
 * @returns the workspace; `recurrentBackward` wants it where `isDifferentiable`.
 * @throws RangeError when an array holds too little, a length is not from 0 to T, an id not from 0 to I − 1, a weight is NaN, or
 *   memory is exhausted.
 */
export function recurrentForward(simd: Simd, args: RecurrentForwardArguments): RecurrentTape {
  const plan = planRecurrent(args);
  const { batchSize, numSteps, inputSize, hiddenSize, blocks, hasIds } = plan;
  const { packed, lengths, isReverse } = args;
  checkArguments(args);
  const workspace = simd.allocate(plan.length);
  let progress: SimdArray | undefined;
  try {
    if (lengths) simd.write(part(workspace, plan.lengths, batchSize), Int32Array.from(lengths));
    const tape: RecurrentTape = { plan, workspace, hasLengths: lengths !== undefined, isReverse, stage: "forward" };
    const inputs = part(workspace, plan.inputs, plan.inputStep * numSteps);
    if (hasIds) packIds(simd, plan, args, inputs);
    else transferSequence(simd, "packSequence", tape, { rowMajor: args.inputs, blocked: inputs, width: inputSize });
    placeState(simd, tape, args.initialState);
    const numOperations = 2 * batchSize * numSteps * blocks.recurrent.length * hiddenSize * hiddenSize;
    const wanted = simd.numTasks(numOperations);
    let numTasks = Math.min(wanted, mostRowTasks(plan, simd.numThreads));
    if (wanted > 1 && plan.isLarge) {
      numTasks = Math.min(wanted, plan.hiddenPanels);
      progress = simd.allocate(PROGRESS_HEAD + numTasks);
      fillElements(simd, progress, 0);
    }
    simd.run(KERNEL.recurrentForward, numTasks, forwardWords(tape, packed, inputs, progress));
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
  if (outputs)
    transferSequence(simd, "unpackSequence", tape, { rowMajor: outputs, blocked: states, width: hiddenSize });
  const offsets = stateOffsets(plan, numSteps);
  for (let i = 0; i < offsets.length; i++) {
    const blocked = part(workspace, offsets[i]!, stateStep);
    transferState(simd, "unpackSequence", plan, { rowMajor: finalState[i]!, blocked });
  }
}

/**
 * The arguments of the forward kernel: `RecurrentJob` in assembly/recurrent.ts.
 *
 * @param progress where the layer is to be split by units.
 */
export function forwardWords(
  { plan, workspace, hasLengths, isReverse }: Omit<RecurrentTape, "stage">,
  packed: PackedRecurrent,
  inputs: SimdArray,
  progress?: SimdArray,
): number[] {
  const { blocks, batchSize, numSteps, hiddenPanels, inputPanels, hasIds, isDifferentiable } = plan;
  const at = (offset: number) => workspace.pointer + offset * 4;
  const stepBytes = isDifferentiable ? 4 : 0;
  const { pointer } = packed.inputWeight;
  return [
    ...[blocks.code, batchSize, numSteps, hiddenPanels, inputPanels],
    ...[blocks.numBlocks, blocks.input.length, blocks.recurrent.length],
    ...(hasIds ? [0, inputs.pointer, pointer, 0] : [inputs.pointer, 0, 0, pointer]),
    ...[packed.recurrentWeight.pointer, packed.bias.pointer],
    ...[at(plan.gates), plan.gateStep * stepBytes, at(plan.hidden), plan.stateStep * 4],
    ...[at(plan.cell), plan.stateStep * stepBytes],
    ...[hasLengths ? at(plan.lengths) : 0, Number(isReverse), 0, 0, 0, progress?.pointer ?? 0],
  ];
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

/** [B, T] -> [T][B] in the order of the steps; 0 where a row has ended. */
function packIds(simd: Simd, plan: RecurrentPlan, args: RecurrentForwardArguments, target: SimdArray): void {
  const { batchSize, numSteps, inputSize } = plan;
  const { lengths, isReverse } = args;
  const ids = valuesOf(simd, args.inputs);
  const packed = new Int32Array(batchSize * numSteps);
  for (let row = 0; row < batchSize; row++) {
    const length = lengths ? lengths[row]! : numSteps;
    const begin = row * numSteps;
    for (let time = 0; time < numSteps; time++) {
      const id = time < length ? ids[begin + time]! : 0;
      if (id < 0 || id >= inputSize) {
        throw new RangeError(`recurrent: inputs must be ids from 0 to ${inputSize - 1}, got ${id}`);
      }
      packed[(isReverse ? numSteps - 1 - time : time) * batchSize + row] = id;
    }
  }
  simd.write(target, packed);
}
