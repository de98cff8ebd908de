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
import type { Kernel, KernelInputs } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

/** See kernel-recurrent.ts of `@rnnkit/ops`. */
export const recurrentKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitRecurrent(backend, inputs, attributes: RecurrentAttributes) {
    const { hidden, cell, inputWeight, recurrentWeight, inputBias, recurrentBias } = inputs;
    const sequence = inputs["inputs"]!;
    const [batchSize, numSteps] = sequence.shape as [number, number];
    const hiddenSize = recurrentWeight!.shape[1]!;
    const states = hidden && (cell ? [hidden, cell] : [hidden]);
    const outputs = backend.createOutput([batchSize, numSteps, hiddenSize]);
    const finalState = [backend.createOutput([batchSize, hiddenSize])];
    if (attributes.kind === "lstm") finalState.push(backend.createOutput([batchSize, hiddenSize]));
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
  RnnkitRecurrentBackward(backend, inputs, attributes: Operands) {
    const { recurrentWeight, outputGradient, hiddenGradient, cellGradient } = inputs;
    const weight = backend.arrayOf(recurrentWeight!);
    const fromOutputs = outputGradient && backend.arrayOf(outputGradient);
    const finalGradient = [hiddenGradient, cellGradient].map((tensor) => tensor && backend.arrayOf(tensor));
    recurrentBackward(backend.simd, backend.tapeOf(inputs["workspace"]!), {
      recurrentWeight: weight,
      outputGradient: fromOutputs,
      finalGradient,
    });
    return gradients(backend, inputs, attributes);
  },
  RnnkitRecurrentGradient: (backend, inputs, attributes: Operands) => gradients(backend, inputs, attributes),
};

interface Operands {
  readonly operands: readonly { readonly operand: RecurrentOperand; readonly shape: readonly number[] }[];
}

/** By operands, after a backward pass. */
function gradients(
  backend: SimdBackend,
  { workspace, inputWeight }: KernelInputs,
  { operands }: Operands,
): tf.TensorInfo[] {
  const weight = backend.arrayOf(inputWeight!);
  const tape = backend.tapeOf(workspace!);
  return operands.map(({ operand, shape }) => {
    const { info, array } = backend.createOutput(shape);
    recurrentGradient(backend.simd, tape, operand, { output: array, inputWeight: weight });
    return info;
  });
}

interface Layer {
  /** [B, T, I], or ids [B, T]. */
  readonly sequence: tf.TensorInfo;
  readonly numSteps: number;
  /** Default zeros. */
  readonly states: readonly tf.TensorInfo[] | undefined;
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
  const inputs = sizes.hasIds ? backend.intsOf(sequence) : backend.arrayOf(sequence);
  const initialState = states?.map((tensor) => backend.arrayOf(tensor));
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
