import { packQueryWeight } from "./attending-forward.ts";
import { attendingOperations, attendingWords, checkAttending, type AttendingOperands } from "./attending-job.ts";
import { lengthsOf } from "./attention.ts";
import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { packGateWeight } from "./pack-gate-weight.ts";
import { backwardWords, placeFinalGradient } from "./recurrent-backward.ts";
import type { RecurrentTape } from "./recurrent-forward.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { transferSequence } from "./transfer.ts";
import { weightGradient } from "./weight-gradient.ts";

export interface AttendingBackwardArguments extends AttendingOperands {
  /** What the forward pass wrote. */
  readonly weights: SimdArray;
  /** [B, T, H] and [B, T, S] */
  readonly outputGradient: SimdArray;
  readonly weightsGradient: SimdArray;
  /** Of each layer [B, H] each. */
  readonly finalGradient: readonly (readonly SimdArray[])[];
  /** Of the shapes of what they are the gradients of: written. */
  readonly inputsGradient: SimdArray;
  readonly keysGradient: SimdArray;
  readonly valuesGradient: SimdArray;
  /** Wanted where there is a weight. */
  readonly queryWeightGradient?: SimdArray | undefined;
  /** [B, A], the part of each row; wanted where there is a vector. */
  readonly vectorGradient?: SimdArray | undefined;
}

/**
 * Back-propagation through time for `attendingForward`; leaves what `recurrentGradient` makes the gradients by the initial state and the
 * parameters of each layer of. Of the layers it reads only the weights.
 *
 * @param tapes changed: they are good for one backward pass.
 * @throws Error when there was one; RangeError when an array holds too little, or memory is exhausted.
 */
export function attendingBackward(simd: Simd, tapes: readonly RecurrentTape[], args: AttendingBackwardArguments): void {
  const { batchSize, numSteps, numKeys, width, valueWidth, inputSize, hiddenSize, layers, lengths, queryWeight } = args;
  if (tapes.some(({ stage }) => stage !== "forward")) {
    throw new Error("attending: its gradient must be taken once, and was taken before");
  }
  checkAttending(args);
  checkGradients(args);
  const temporary: SimdArray[] = [];
  const keep = (array: SimdArray) => {
    temporary.push(array);
    return array;
  };
  try {
    const packQueries = (packing: "packGateColumns" | "packGateRows") =>
      queryWeight && keep(packQueryWeight(simd, packing, args, queryWeight));
    const jobs = tapes.map((tape, k) => {
      const { plan } = tape;
      const { blocks, stateStep } = plan;
      const sequence = (rowMajor: SimdArray) => {
        const blocked = keep(simd.allocate(stateStep * numSteps));
        transferSequence(simd, "packSequence", tape, { rowMajor, blocked, groupLength: 0, width: hiddenSize });
        return blocked;
      };
      placeFinalGradient(simd, tape, args.finalGradient[k]);
      const { inputWeight, recurrentWeight } = layers[k]!;
      const packRows = (parameter: SimdArray, columns: number, order: readonly number[]) =>
        keep(packGateWeight(simd, "packGateRows", { parameter, hiddenSize, width: columns, blocks: order }));
      const words = backwardWords(tape, {
        recurrentWeight: packRows(recurrentWeight, hiddenSize, blocks.recurrent),
        inputWeight: packRows(inputWeight, plan.inputSize, blocks.input),
        outputGradient:
          k === tapes.length - 1 ? sequence(args.outputGradient) : keep(simd.allocate(stateStep * numSteps)),
      });
      const between = args.between?.[k];
      return { words, between: between && sequence(between) };
    });
    const queryStep = Math.ceil(width / 8) * 8 * batchSize;
    const queriesGradient = keep(simd.allocate(queryStep * numSteps));
    const words = attendingWords(args, {
      lengths: lengths && keep(lengthsOf(simd, lengths, args)),
      weights: args.weights,
      weightsGradient: args.weightsGradient,
      keysGradient: args.keysGradient,
      valuesGradient: args.valuesGradient,
      vectorGradient: args.vectorGradient,
      queryWeight: packQueries("packGateColumns"),
      queries: keep(simd.allocate(queryStep)),
      rows: keep(simd.allocate(batchSize * (2 * width + valueWidth))),
      queryWeightRows: packQueries("packGateRows"),
      queriesGradient,
      bottomGradient: keep(simd.allocate(Math.ceil((valueWidth + inputSize) / 8) * 8 * batchSize)),
      inputsGradient: args.inputsGradient,
      layers: jobs,
    });
    for (const tape of tapes) tape.stage = "backward";
    const numTasks = Math.min(simd.numTasks(2 * attendingOperations(args)), Math.ceil(batchSize / 4));
    simd.run(KERNEL.attendingBackward, Math.max(1, numTasks), words);
    if (!args.queryWeightGradient) return;
    const { plan, workspace } = tapes.at(-1)!;
    weightGradient(simd, {
      ...{ batchSize, groupRows: batchSize, numSteps, hiddenSize: width, blocks: [0], width: hiddenSize },
      output: args.queryWeightGradient,
      gates: { array: queriesGradient, offset: 0, step: queryStep, groupLength: 0 },
      operand: { array: workspace, offset: plan.hidden, step: plan.stateStep, groupLength: 0 },
    });
  } finally {
    for (const array of temporary) simd.free(array);
  }

  function checkGradients(gradients: AttendingBackwardArguments): void {
    const check = (name: keyof AttendingBackwardArguments, length: number) =>
      checkLength(`attendingBackward: ${name}`, gradients[name] as SimdArray | undefined, length);
    check("outputGradient", batchSize * numSteps * hiddenSize);
    check("weightsGradient", batchSize * numSteps * numKeys);
    check("inputsGradient", batchSize * numSteps * inputSize);
    check("keysGradient", batchSize * numKeys * width);
    check("valuesGradient", batchSize * numKeys * valueWidth);
    check("queryWeightGradient", width * hiddenSize);
    check("vectorGradient", batchSize * width);
    for (const state of gradients.finalGradient.flat()) {
      checkLength("attendingBackward: finalGradient", state, batchSize * hiddenSize);
    }
  }
}
