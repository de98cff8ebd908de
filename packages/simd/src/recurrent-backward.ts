import { checkLength } from "./check-length.ts";
import { fillElements } from "./fill.ts";
import { KERNEL } from "./kernel.ts";
import { packGateWeight } from "./pack-gate-weight.ts";
import { recurrentOperations, stateGradientOffsets } from "./recurrent-plan.ts";
import { groupProgress, layerWords, lengthsPointer, type RecurrentTape } from "./recurrent-forward.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { placeStates, transferSequence } from "./transfer.ts";

export interface RecurrentBackwardArguments {
  /** [G·H, H]: the recurrent weight of the forward pass. */
  readonly recurrentWeight: SimdArray;
  /** [B, T, H]; default zeros. */
  readonly outputGradient?: SimdArray | undefined;
  /** [B, H] each: of the final hidden state and, of an LSTM, the final cell state; default zeros. */
  readonly finalGradient?: readonly (SimdArray | undefined)[];
}

/**
 * Back-propagation through time for `recurrentForward`, with the rows of the batch spread over the threads: leaves the gradients of
 * the gates in the workspace, from which `recurrentGradient` makes those of initial state, inputs and parameters.
 *
 * @param tape changed: it is good for one backward pass.
 * @throws Error when there was one; RangeError when an array holds too little, or memory is exhausted.
 */
export function recurrentBackward(simd: Simd, tape: RecurrentTape, args: RecurrentBackwardArguments): void {
  const { plan } = tape;
  if (tape.stage !== "forward") throw new Error("recurrent: its gradient must be taken once, and was taken before");
  const { batchSize, numSteps, hiddenSize, blocks, stateStep, numGroups } = plan;
  const { length } = blocks.recurrent;
  checkLength("recurrentBackward: recurrentWeight", args.recurrentWeight, length * hiddenSize * hiddenSize);
  checkLength("recurrentBackward: outputGradient", args.outputGradient, batchSize * numSteps * hiddenSize);
  for (const array of args.finalGradient ?? []) {
    checkLength("recurrentBackward: finalGradient", array, batchSize * hiddenSize);
  }
  const temporary: SimdArray[] = [];
  const allocate = (length: number) => {
    const array = simd.allocate(length);
    temporary.push(array);
    return array;
  };
  try {
    const groupLength = stateStep * numSteps;
    const outputGradient = allocate(numGroups * groupLength);
    const rowMajor = args.outputGradient;
    if (rowMajor) {
      transferSequence(simd, "packSequence", tape, {
        ...{ rowMajor, blocked: outputGradient, groupLength, width: hiddenSize },
      });
    } else {
      fillElements(simd, outputGradient, 0);
    }
    placeFinalGradient(simd, tape, args.finalGradient);
    const recurrentWeight = packGateWeight(simd, "packGateRows", {
      parameter: args.recurrentWeight,
      hiddenSize,
      width: hiddenSize,
      blocks: blocks.recurrent,
    });
    temporary.push(recurrentWeight);
    tape.stage = "backward";
    const fewRows = Math.min(simd.numTasks(recurrentOperations(plan)), simd.numThreads, Math.ceil(batchSize / 4));
    const progress = numGroups > 1 ? groupProgress(simd, plan) : undefined;
    if (progress) temporary.push(progress);
    const words = layerWords(plan, progress, (group) =>
      backwardWords(tape, { recurrentWeight, outputGradient }, group),
    );
    simd.run(KERNEL.recurrentBackward, numGroups > 1 ? numGroups : fewRows, words);
  } finally {
    for (const array of temporary) simd.free(array);
  }
}

/** Puts the gradients of the state after the last step, zeros by default, where the kernels read them. */
export function placeFinalGradient(
  simd: Simd,
  { plan, workspace }: RecurrentTape,
  finalGradient: readonly (SimdArray | undefined)[] | undefined,
): void {
  placeStates(simd, plan, { workspace, offsets: stateGradientOffsets(plan), rowMajor: finalGradient });
}

/** The arguments of the backward kernel for a group of rows: `RecurrentJob` in assembly/recurrent.ts. */
export function backwardWords(
  { plan, workspace, hasLengths, isReverse }: RecurrentTape,
  arrays: {
    /** Panels of recurrent blocks·H rows. */
    readonly recurrentWeight: SimdArray;
    /** Panels of input blocks·H rows, for a kernel that goes on to the inputs. */
    readonly inputWeight?: SimdArray;
    /** [T][H/8][rows][8] of each group. */
    readonly outputGradient: SimdArray;
  },
  group = 0,
): number[] {
  const { kind, blocks, groupRows, numSteps, hiddenPanels, inputPanels, stateStep } = plan;
  const at = (offset: number) => workspace.pointer + (group * plan.groupLength + offset) * 4;
  return [
    ...[blocks.code, groupRows, numSteps, hiddenPanels, inputPanels],
    ...[blocks.numBlocks, blocks.input.length, blocks.recurrent.length],
    ...[0, 0, 0, arrays.inputWeight?.pointer ?? 0, arrays.recurrentWeight.pointer, 0],
    ...[at(plan.gates), plan.gateStep * 4, at(plan.hidden), stateStep * 4],
    ...[at(plan.cell), kind === "lstm" ? stateStep * 4 : 0],
    ...[lengthsPointer({ plan, workspace, hasLengths }, group), Number(isReverse)],
    ...[
      arrays.outputGradient.pointer + group * stateStep * numSteps * 4,
      at(plan.hiddenGradient),
      at(plan.cellGradient),
    ],
  ];
}
