import type { RecurrentAttributes } from "@rnnkit/ops";
import {
  freePacked,
  packRecurrent,
  recurrentBackward,
  recurrentForward,
  recurrentGradient,
  type RecurrentOperand,
  type RecurrentTape,
  type SimdArray,
} from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

/** See kernel-recurrent.ts of `@rnnkit/ops`. */
export const recurrentKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitRecurrent(backend, inputs, attributes: RecurrentAttributes) {
    const { hidden, cell, inputWeight, recurrentWeight, inputBias, recurrentBias } = inputs;
    const sequence = inputs["inputs"]!;
    const [batchSize, numSteps] = sequence.shape as [number, number];
    const states = cell ? [hidden!, cell] : [hidden!];
    const outputs = backend.createOutput([batchSize, numSteps, recurrentWeight!.shape[1]!]);
    const finalState = states.map(({ shape }) => backend.createOutput(shape));
    const results = [outputs.info, ...finalState.map(({ info }) => info)];
    const tape = runLayer(backend, attributes, {
      sequence,
      numSteps,
      states,
      weights: [recurrentWeight!, inputWeight!, inputBias, recurrentBias],
      outputs: outputs.array,
      finalState: finalState.map(({ array }) => array),
    });
    if (attributes.isDifferentiable) return [...results, backend.makeWorkspace(tape)];
    backend.simd.free(tape.workspace);
    return results;
  },
  RnnkitRecurrentBackward(backend, { workspace, recurrentWeight, outputGradient, hiddenGradient, cellGradient }) {
    const gradients = cellGradient ? [hiddenGradient!, cellGradient] : [hiddenGradient!];
    const weight = backend.arrayOf(recurrentWeight!);
    const fromOutputs = backend.arrayOf(outputGradient!);
    const finalGradient = gradients.map((tensor) => backend.arrayOf(tensor));
    const initial = gradients.map(({ shape }) => backend.createOutput(shape));
    const initialGradient = initial.map(({ array }) => array);
    recurrentBackward(backend.simd, backend.tapeOf(workspace!), {
      recurrentWeight: weight,
      outputGradient: fromOutputs,
      finalGradient,
      initialGradient,
    });
    return initial.map(({ info }) => info);
  },
  RnnkitRecurrentGradient(
    backend,
    { workspace, inputWeight },
    { operands }: { operands: readonly { operand: RecurrentOperand; shape: readonly number[] }[] },
  ) {
    const weight = backend.arrayOf(inputWeight!);
    return operands.map(({ operand, shape }) => {
      const { info, array } = backend.createOutput(shape);
      recurrentGradient(backend.simd, backend.tapeOf(workspace!), operand, { output: array, inputWeight: weight });
      return info;
    });
  },
};

interface Layer {
  /** [B, T, I], or ids [B, T]. */
  readonly sequence: tf.TensorInfo;
  readonly numSteps: number;
  readonly states: readonly tf.TensorInfo[];
  /** The recurrent and the input weight, then the biases of input and recurrence, if any. */
  readonly weights: readonly [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo | undefined, tf.TensorInfo | undefined];
  readonly outputs?: SimdArray;
  readonly finalState: readonly SimdArray[];
}

/** Runs a layer forward; where nothing will be differentiated, with weights that stay packed for the next time. */
function runLayer(
  backend: SimdBackend,
  { kind, lengths, isReverse, isDifferentiable }: RecurrentAttributes,
  { sequence, numSteps, states, weights, outputs, finalState }: Layer,
): RecurrentTape {
  const { simd } = backend;
  const [recurrentWeight, inputWeight, inputBias, recurrentBias] = weights;
  const sizes = {
    kind,
    batchSize: sequence.shape[0]!,
    numSteps,
    inputSize: inputWeight.shape[1]!,
    hiddenSize: recurrentWeight.shape[1]!,
    hasIds: sequence.dtype === "int32",
    isDifferentiable,
  };
  const inputs = backend.arrayOf(sequence);
  const initialState = states.map((tensor) => backend.arrayOf(tensor));
  const pack = () =>
    packRecurrent(simd, sizes, {
      recurrentWeight: backend.arrayOf(recurrentWeight),
      inputWeight: backend.arrayOf(inputWeight),
      inputBias: inputBias && backend.arrayOf(inputBias),
      recurrentBias: recurrentBias && backend.arrayOf(recurrentBias),
    });
  const disposable = () => {
    const value = pack();
    return { ...value, dispose: () => freePacked(simd, value) };
  };
  const packed = isDifferentiable ? pack() : backend.packOf(sizes.hasIds ? "ids" : "dense", weights, disposable);
  try {
    return recurrentForward(simd, {
      kind,
      batchSize: sizes.batchSize,
      numSteps,
      inputSize: sizes.inputSize,
      hiddenSize: sizes.hiddenSize,
      hasIds: sizes.hasIds,
      isDifferentiable,
      inputs,
      lengths,
      isReverse,
      packed,
      initialState,
      outputs,
      finalState,
    });
  } finally {
    if (isDifferentiable) freePacked(simd, packed);
  }
}
