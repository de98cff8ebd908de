import { checkLength } from "./check-length.ts";
import { fillElements } from "./fill.ts";
import { KERNEL } from "./kernel.ts";
import { packGateWeight, unpackGateTable } from "./pack-gate-weight.ts";
import type { RecurrentTape } from "./recurrent-forward.ts";
import { part } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { stridedCopy } from "./strided-copy.ts";
import { transferSequence, transferState } from "./transfer.ts";
import { weightGradient } from "./weight-gradient.ts";

/** What a recurrent layer can be differentiated by; `hidden` and `cell` are of the initial state. */
export type RecurrentOperand =
  | "inputs"
  | "hidden"
  | "cell"
  | "inputWeight"
  | "recurrentWeight"
  | "inputBias"
  | "recurrentBias";

export interface RecurrentGradientArguments {
  /** In the shape of the operand: written. */
  readonly output: SimdArray;
  /** [G·H, I]: the input weight of the forward pass, for the gradient of the inputs. */
  readonly inputWeight: SimdArray;
}

/**
 * The gradient by one operand, after `recurrentBackward`. Weights are split over the threads by their rows, so that no sum depends on
 * the number of threads.
 *
 * @throws Error when there was no backward pass; RangeError for the inputs where they are ids, for a cell state where there is none, when an
 *   array holds too little, or memory is exhausted.
 */
export function recurrentGradient(
  simd: Simd,
  tape: RecurrentTape,
  operand: RecurrentOperand,
  { output, inputWeight }: RecurrentGradientArguments,
): void {
  const { plan, workspace } = tape;
  if (tape.stage === "forward") throw new Error("recurrentGradient: must follow recurrentBackward, and none was there");
  const { batchSize, groupRows, groupLength, numSteps, blocks, stateStep, hiddenSize, hiddenPanels } = plan;
  checkLength(`recurrentGradient: output for ${operand}`, output, operandLength(tape, operand));
  checkLength("recurrentGradient: inputWeight", inputWeight, operandLength(tape, "inputWeight"));
  const firstRecurrent = blocks.numBlocks - blocks.recurrent.length;
  switch (operand) {
    case "inputs":
      return inputGradient(simd, tape, inputWeight, output);
    case "hidden":
    case "cell": {
      if (operand === "cell" && plan.kind !== "lstm") {
        throw new RangeError(`recurrentGradient: operand must not be the cell state of ${plan.kind}, which has none`);
      }
      const blocked = part(workspace, operand === "hidden" ? plan.hiddenGradient : plan.cellGradient, stateStep);
      return transferState(simd, "unpackSequence", plan, { rowMajor: output, blocked });
    }
    case "inputWeight":
      if (plan.hasIds) return tableGradient(simd, tape, output);
      return weightGradient(simd, {
        batchSize,
        groupRows,
        numSteps,
        hiddenSize,
        width: plan.inputSize,
        output,
        blocks: blocks.input,
        gates: { array: workspace, offset: plan.gates, step: plan.gateStep, groupLength },
        operand: { array: workspace, offset: plan.inputs, step: plan.inputStep, groupLength },
      });
    case "recurrentWeight":
      return weightGradient(simd, {
        batchSize,
        groupRows,
        numSteps,
        hiddenSize,
        width: hiddenSize,
        output,
        blocks: blocks.recurrent,
        gates: { array: workspace, offset: plan.gates + firstRecurrent * stateStep, step: plan.gateStep, groupLength },
        operand: { array: workspace, offset: plan.hidden, step: stateStep, groupLength },
      });
    case "inputBias":
    case "recurrentBias": {
      if (tape.stage !== "summed") sumGates(simd, tape, undefined);
      const [order, first] = operand === "inputBias" ? [blocks.input, 0] : [blocks.recurrent, firstRecurrent];
      for (const [i, block] of order.entries()) {
        stridedCopy(simd, {
          shape: [hiddenSize],
          source: workspace,
          sourceOffset: plan.sums + (first + i) * hiddenPanels * 8,
          sourceStrides: [1],
          target: output,
          targetOffset: block * hiddenSize,
          targetStrides: [1],
        });
      }
    }
  }
}

function operandLength({ plan }: RecurrentTape, operand: RecurrentOperand): number {
  const { batchSize, numSteps, inputSize, hiddenSize, blocks } = plan;
  const rows = blocks.recurrent.length * hiddenSize;
  const lengths = {
    inputs: batchSize * numSteps * inputSize,
    hidden: batchSize * hiddenSize,
    cell: batchSize * hiddenSize,
    inputWeight: rows * inputSize,
    recurrentWeight: rows * hiddenSize,
  };
  return operand === "inputBias" || operand === "recurrentBias" ? rows : lengths[operand];
}

/** Sums of the gradients of the gates, into the workspace, and by id into a table. */
function sumGates(simd: Simd, tape: RecurrentTape, table: SimdArray | undefined): void {
  const { plan, workspace } = tape;
  const { batchSize, groupRows, groupLength, numSteps, blocks, hiddenPanels, gateStep } = plan;
  const gatePanels = blocks.numBlocks * hiddenPanels;
  const cost = table ? 16 : 8; // operations a gate and step: one that is added to a table too costs twice as much
  simd.run(KERNEL.gateSums, simd.numTasks(cost * gateStep * numSteps), [
    ...[batchSize, groupRows, groupLength * 4],
    ...[numSteps, gatePanels, workspace.pointer + plan.gates * 4, gateStep * 4],
    ...[workspace.pointer + plan.sums * 4, table ? workspace.pointer + plan.inputs * 4 : 0],
    ...[plan.inputGroupLength * 4, blocks.input.length * hiddenPanels, table?.pointer ?? 0],
  ]);
  tape.stage = "summed";
}

function tableGradient(simd: Simd, tape: RecurrentTape, output: SimdArray): void {
  const { inputSize, hiddenSize, hiddenPanels, blocks } = tape.plan;
  const table = simd.allocate(inputSize * blocks.input.length * hiddenPanels * 8);
  try {
    fillElements(simd, table, 0);
    sumGates(simd, tape, table);
    unpackGateTable(simd, { parameter: output, hiddenSize, width: inputSize, blocks: blocks.input }, table);
  } finally {
    simd.free(table);
  }
}

function inputGradient(simd: Simd, tape: RecurrentTape, parameter: SimdArray, output: SimdArray): void {
  const { plan, workspace } = tape;
  const { batchSize, numSteps, inputSize, hiddenSize, hiddenPanels, inputPanels, blocks, gateStep } = plan;
  const { groupRows, numGroups } = plan;
  const groupLength = plan.inputStep * numSteps; // of the gradient
  if (plan.hasIds) throw new RangeError("recurrentGradient: operand must not be the inputs where they are ids");
  const inputWeight = packGateWeight(simd, "packGateRows", {
    parameter,
    hiddenSize,
    width: inputSize,
    blocks: blocks.input,
  });
  let blocked: SimdArray | undefined;
  try {
    blocked = simd.allocate(numGroups * groupLength);
    fillElements(simd, blocked, 0);
    const numOperations = 2 * batchSize * numSteps * blocks.input.length * hiddenSize * inputSize;
    simd.run(KERNEL.inputGradient, Math.min(simd.numTasks(numOperations), numSteps), [
      ...[batchSize, groupRows, plan.groupLength * 4, numSteps, blocks.input.length * hiddenPanels, inputPanels],
      ...[workspace.pointer + plan.gates * 4, gateStep * 4, inputWeight.pointer, blocked.pointer, groupLength * 4],
    ]);
    transferSequence(simd, "unpackSequence", tape, { rowMajor: output, blocked, groupLength, width: inputSize });
  } finally {
    simd.free(inputWeight);
    if (blocked) simd.free(blocked);
  }
}
