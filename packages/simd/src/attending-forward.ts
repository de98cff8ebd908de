import { attendingOperations, attendingWords, checkAttending, type AttendingOperands } from "./attending-job.ts";
import { lengthsOf } from "./attention.ts";
import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { packGateWeight } from "./pack-gate-weight.ts";
import { freePacked, packRecurrent, type PackedRecurrent } from "./pack-recurrent.ts";
import { forwardWords, placeState, readResults, type RecurrentTape } from "./recurrent-forward.ts";
import { part, planRecurrent } from "./recurrent-plan.ts";
import type { Simd, SimdArray } from "./simd.ts";
import { transferSequence } from "./transfer.ts";

export interface AttendingForwardArguments extends AttendingOperands {
  /** Whether what the backward pass needs is kept. */
  readonly isDifferentiable: boolean;
  /** [B, T, E] */
  readonly inputs: SimdArray;
  /** Of each layer [B, H] each: the hidden state and, of an LSTM, the cell state. */
  readonly initialState: readonly (readonly SimdArray[])[];
  /** [B, T, H]: written. */
  readonly outputs: SimdArray;
  /** [B, T, S]: written; 0 beyond a row's keys. */
  readonly weights: SimdArray;
  /** Of each layer [B, H] each: written. */
  readonly finalState: readonly (readonly SimdArray[])[];
}

/**
 * Recurrent layers above one another over a whole sequence, which attend before each step: the weights of the keys by the top layer's
 * hidden state, and the values summed by them, which the bottom layer reads in front of its input. Rows are spread over the threads.
 *
 * @returns what each layer leaves for `attendingBackward`, and after it for `recurrentGradient` by its parameters; the caller frees
 *   each workspace.
 * @throws RangeError when an array holds too little, a length is not from 1 to S, a weight is NaN, or memory is exhausted.
 */
export function attendingForward(simd: Simd, args: AttendingForwardArguments): RecurrentTape[] {
  const { kind, batchSize, numSteps, width, valueWidth, inputSize, hiddenSize, layers, lengths, queryWeight } = args;
  checkAttending(args);
  checkLength("attending: inputs", args.inputs, batchSize * numSteps * inputSize);
  checkLength("attending: outputs", args.outputs, batchSize * numSteps * hiddenSize);
  checkLength("attending: weights", args.weights, batchSize * numSteps * args.numKeys);
  for (const state of [...args.initialState, ...args.finalState].flat()) {
    checkLength("attending: state", state, batchSize * hiddenSize);
  }
  const tapes: RecurrentTape[] = [];
  const packs: PackedRecurrent[] = [];
  const temporary: SimdArray[] = [];
  const keep = (array: SimdArray) => {
    temporary.push(array);
    return array;
  };
  try {
    const jobs = layers.map((parameters, k) => {
      const layerInputSize = k === 0 ? valueWidth + inputSize : hiddenSize;
      const { isDifferentiable } = args;
      const sizes = {
        kind,
        batchSize,
        numSteps,
        inputSize: layerInputSize,
        hiddenSize,
        hasIds: false,
        isDifferentiable,
      };
      const packed = packRecurrent(simd, sizes, parameters);
      packs.push(packed);
      const plan = planRecurrent(sizes);
      const workspace = simd.allocate(plan.length);
      const tape: RecurrentTape = { plan, workspace, hasLengths: false, isReverse: false, stage: "forward" };
      tapes.push(tape);
      placeState(simd, tape, args.initialState[k]!);
      const words = forwardWords(tape, packed, part(workspace, plan.inputs, plan.inputStep * numSteps));
      const rowMajor = args.between?.[k];
      if (!rowMajor) return { words, between: undefined };
      const between = keep(simd.allocate(plan.stateStep * numSteps));
      transferSequence(simd, "packSequence", tape, { rowMajor, blocked: between, groupLength: 0, width: hiddenSize });
      return { words, between };
    });
    const panelledWidth = Math.ceil(width / 8) * 8;
    const words = attendingWords(args, {
      lengths: lengths && keep(lengthsOf(simd, lengths, args)),
      weights: args.weights,
      inputs: args.inputs,
      queryWeight: queryWeight && keep(packQueryWeight(simd, "packGateColumns", args, queryWeight)),
      queries: keep(simd.allocate(panelledWidth * batchSize)),
      rows: keep(simd.allocate(batchSize * (2 * width + valueWidth))),
      layers: jobs,
    });
    const numTasks = Math.max(1, Math.min(simd.numTasks(attendingOperations(args)), Math.ceil(batchSize / 4)));
    simd.run(KERNEL.attendingForward, numTasks, words);
    for (const [k, tape] of tapes.entries()) {
      const outputs = k === tapes.length - 1 ? args.outputs : undefined;
      readResults(simd, tape, { outputs, finalState: args.finalState[k]! });
    }
    return tapes;
  } catch (error) {
    for (const { workspace } of tapes) simd.free(workspace);
    throw error;
  } finally {
    for (const packed of packs) freePacked(simd, packed);
    for (const array of temporary) simd.free(array);
  }
}

/** The projection of the queries [A, H] as the kernels read it; the caller frees it. */
export function packQueryWeight(
  simd: Simd,
  packing: "packGateColumns" | "packGateRows",
  { width, hiddenSize }: Pick<AttendingOperands, "width" | "hiddenSize">,
  parameter: SimdArray,
): SimdArray {
  return packGateWeight(simd, packing, { parameter, hiddenSize: width, width: hiddenSize, blocks: [0] });
}
