import { checkLength } from "./check-length.ts";
import { checkNumbers } from "./check-numbers.ts";
import { KERNEL } from "./kernel.ts";
import { packGateWeight } from "./pack-gate-weight.ts";
import { GATE_BLOCKS, part, planRecurrent, type RecurrentPlan, type RecurrentSizes } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { transferSequence, transferState } from "./transfer.ts";

/** The parameters of a layer, in PyTorch's layout and order of gates. */
export interface RecurrentParameters {
  /** [G·H, I] */
  readonly inputWeight: SimdArray;
  /** [G·H, H] */
  readonly recurrentWeight: SimdArray;
  /** [G·H]; default 0 */
  readonly inputBias?: SimdArray | undefined;
  /** [G·H]; default 0 */
  readonly recurrentBias?: SimdArray | undefined;
}

export interface RecurrentForwardArguments extends RecurrentSizes {
  /** [B, T, I] floats, or [B, T] ids. */
  readonly inputs: SimdArray;
  /** How many steps each row has, 0 to T. Default T. */
  readonly lengths?: ArrayLike<number> | undefined;
  /** Whether the steps run from each row's last to its first. */
  readonly isReverse: boolean;
  readonly parameters: RecurrentParameters;
  /** [B, H] each: the hidden state and, of an LSTM, the cell state. */
  readonly initialState: readonly SimdArray[];
  /** [B, T, H]: written. */
  readonly outputs: SimdArray;
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

/**
 * One layer of a recurrent net, in one direction, over a whole sequence; the rows of the batch are spread over the threads.
 *
 * Outputs beyond a row's length are 0, and its final state is that after its own last step, as with PyTorch's packed sequences.
 *
 * @returns the workspace; `recurrentBackward` wants it where `isDifferentiable`.
 * @throws RangeError when an array holds too little, a length is not from 0 to T, an id not from 0 to I − 1, a weight is NaN, or
 *   memory is exhausted.
 */
export function recurrentForward(simd: Simd, args: RecurrentForwardArguments): RecurrentTape {
  const plan = planRecurrent(args);
  const { batchSize, numSteps, inputSize, hiddenSize, blocks, hiddenPanels, inputPanels, hasIds } = plan;
  const { parameters, lengths, isReverse } = args;
  checkArguments(args);
  for (const [name, array] of Object.entries(parameters)) {
    if (array) checkNumbers(simd, `recurrent: weights.${name}`, array as SimdArray);
  }
  const workspace = simd.allocate(plan.length);
  const temporary: SimdArray[] = [];
  const keep = (array: SimdArray) => {
    temporary.push(array);
    return array;
  };
  const at = (offset: number) => workspace.pointer + offset * 4;
  try {
    if (lengths) simd.ints(part(workspace, plan.lengths, batchSize)).set(lengths);
    const lengthsPointer = lengths ? at(plan.lengths) : 0;
    const tape: RecurrentTape = { plan, workspace, hasLengths: lengths !== undefined, isReverse, stage: "forward" };
    const inputs = part(workspace, plan.inputs, plan.inputStep * numSteps);
    if (hasIds) packIds(simd, plan, args, inputs);
    else transferSequence(simd, "packSequence", tape, { rowMajor: args.inputs, blocked: inputs, width: inputSize });
    for (const [i, offset] of [plan.hidden, plan.cell].entries()) {
      const rowMajor = args.initialState[i];
      if (rowMajor) transferState(simd, "packSequence", plan, { rowMajor, blocked: part(workspace, offset, plan.stateStep) });
    }

    const inputWeight = keep(
      packGateWeight(simd, hasIds ? "packGateTable" : "packGateColumns", {
        parameter: parameters.inputWeight,
        hiddenSize,
        width: inputSize,
        blocks: blocks.input,
      }),
    );
    const recurrentWeight = keep(
      packGateWeight(simd, "packGateColumns", {
        parameter: parameters.recurrentWeight,
        hiddenSize,
        width: hiddenSize,
        blocks: blocks.recurrent,
      }),
    );
    const bias = keep(simd.allocate(blocks.numBlocks * hiddenPanels * 8));
    fillBias(simd, plan, parameters, bias);

    const numOperations = 2 * batchSize * numSteps * blocks.recurrent.length * hiddenSize * hiddenSize;
    const stepBytes = plan.isDifferentiable ? 4 : 0;
    simd.run(KERNEL.recurrentForward, Math.min(simd.numTasks(numOperations), Math.ceil(batchSize / 4)), [
      ...[blocks.code, batchSize, numSteps, hiddenPanels, inputPanels],
      ...[blocks.numBlocks, blocks.input.length, blocks.recurrent.length],
      ...(hasIds ? [0, at(plan.inputs), inputWeight.pointer, 0] : [at(plan.inputs), 0, 0, inputWeight.pointer]),
      ...[recurrentWeight.pointer, bias.pointer],
      ...[at(plan.gates), plan.gateStep * stepBytes, at(plan.hidden), at(plan.cell), plan.stateStep * stepBytes],
      ...[lengthsPointer, Number(isReverse), 0, 0, 0],
    ]);

    const states = part(workspace, plan.hidden + plan.stateStep, plan.stateStep * numSteps);
    transferSequence(simd, "unpackSequence", tape, { rowMajor: args.outputs, blocked: states, width: hiddenSize });
    const lastCell = plan.cell + (plan.isDifferentiable ? plan.stateStep * numSteps : 0);
    for (const [i, offset] of [plan.hidden + plan.stateStep * numSteps, lastCell].entries()) {
      const rowMajor = args.finalState[i];
      if (rowMajor) transferState(simd, "unpackSequence", plan, { rowMajor, blocked: part(workspace, offset, plan.stateStep) });
    }
    return tape;
  } catch (error) {
    simd.free(workspace);
    throw error;
  } finally {
    for (const array of temporary) simd.free(array);
  }
}

function checkArguments(args: RecurrentForwardArguments): void {
  const { kind, batchSize, numSteps, inputSize, hiddenSize, hasIds, parameters, lengths } = args;
  const rows = GATE_BLOCKS[kind].recurrent.length * hiddenSize;
  const check = (name: string, array: SimdArray | undefined, length: number) =>
    checkLength(`recurrent: ${name}`, array, length);
  check("inputs", args.inputs, batchSize * numSteps * (hasIds ? 1 : inputSize));
  check("weights.inputWeight", parameters.inputWeight, rows * inputSize);
  check("weights.recurrentWeight", parameters.recurrentWeight, rows * hiddenSize);
  check("weights.inputBias", parameters.inputBias, rows);
  check("weights.recurrentBias", parameters.recurrentBias, rows);
  check("outputs", args.outputs, batchSize * numSteps * hiddenSize);
  for (const name of ["initialState", "finalState"] as const) {
    for (const array of args[name]) check(name, array, batchSize * hiddenSize);
  }
  if (lengths && lengths.length !== batchSize) {
    throw new RangeError(`recurrent: lengths must be one for each of ${batchSize} rows, got ${lengths.length}`);
  }
  for (const length of Array.from(lengths ?? [])) {
    if (!Number.isInteger(length) || length < 0 || length > numSteps) {
      throw new RangeError(`recurrent: lengths must be integers from 0 to ${numSteps}, got ${length}`);
    }
  }
}

/** [B, T] -> [T][B] in the order of the steps; 0 where a row has ended. */
function packIds(simd: Simd, plan: RecurrentPlan, args: RecurrentForwardArguments, target: SimdArray): void {
  const { batchSize, numSteps, inputSize } = plan;
  const ids = simd.ints({ pointer: args.inputs.pointer, length: batchSize * numSteps });
  const packed = simd.ints(target);
  for (let row = 0; row < batchSize; row++) {
    const length = args.lengths?.[row] ?? numSteps;
    for (let time = 0; time < numSteps; time++) {
      const id = ids[row * numSteps + time]!;
      if (time < length && (id < 0 || id >= inputSize)) {
        throw new RangeError(`recurrent: inputs must be ids from 0 to ${inputSize - 1}, got ${id}`);
      }
      packed[(args.isReverse ? numSteps - 1 - time : time) * batchSize + row] = time < length ? id : 0;
    }
  }
}

/** The biases of all blocks, one above the other; where both products go into a block, their sum. */
function fillBias(simd: Simd, plan: RecurrentPlan, parameters: RecurrentParameters, target: SimdArray): void {
  const { blocks, hiddenSize, hiddenPanels } = plan;
  const bias = simd.floats(target).fill(0);
  const add = (parameter: SimdArray | undefined, order: readonly number[], firstBlock: number) => {
    if (!parameter) return;
    const values = simd.floats(parameter);
    for (const [i, block] of order.entries()) {
      const begin = (firstBlock + i) * hiddenPanels * 8;
      for (let unit = 0; unit < hiddenSize; unit++) bias[begin + unit]! += values[block * hiddenSize + unit]!;
    }
  };
  add(parameters.inputBias, blocks.input, 0);
  add(parameters.recurrentBias, blocks.recurrent, blocks.numBlocks - blocks.recurrent.length);
}
