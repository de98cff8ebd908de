import type { RecurrentAttributes } from "@rnnkit/ops";
import { recurrentBackward, recurrentForward, recurrentGradient, type RecurrentOperand } from "@rnnkit/simd";
import type { Kernel } from "../kernel-definition.ts";

/** See kernel-recurrent.ts of `@rnnkit/ops`. */
export const recurrentKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitRecurrent(backend, inputs, { kind, lengths, isReverse, isDifferentiable }: RecurrentAttributes) {
    const { hidden, cell, inputWeight, recurrentWeight, inputBias, recurrentBias } = inputs;
    const sequence = inputs["inputs"]!;
    const [batchSize, numSteps] = sequence.shape as [number, number];
    const hiddenSize = recurrentWeight!.shape[1]!;
    const states = cell ? [hidden!, cell] : [hidden!];
    const arrays = {
      inputs: backend.arrayOf(sequence),
      initialState: states.map((tensor) => backend.arrayOf(tensor)),
      parameters: {
        inputWeight: backend.arrayOf(inputWeight!),
        recurrentWeight: backend.arrayOf(recurrentWeight!),
        inputBias: inputBias && backend.arrayOf(inputBias),
        recurrentBias: recurrentBias && backend.arrayOf(recurrentBias),
      },
    };
    const outputs = backend.createOutput([batchSize, numSteps, hiddenSize]);
    const finalState = states.map(() => backend.createOutput([batchSize, hiddenSize]));
    const results = [outputs.info, ...finalState.map(({ info }) => info)];
    const tape = recurrentForward(backend.simd, {
      kind,
      batchSize,
      numSteps,
      inputSize: inputWeight!.shape[1]!,
      hiddenSize,
      hasIds: sequence.dtype === "int32",
      isDifferentiable,
      lengths,
      isReverse,
      ...arrays,
      outputs: outputs.array,
      finalState: finalState.map(({ array }) => array),
    });
    if (isDifferentiable) return [...results, backend.makeWorkspace(tape)];
    backend.simd.free(tape.workspace);
    return results;
  },
  RnnkitRecurrentBackward(backend, { workspace, recurrentWeight, outputGradient, hiddenGradient, cellGradient }) {
    const tape = backend.tapeOf(workspace!);
    const { batchSize, hiddenSize } = tape.plan;
    const gradients = cellGradient ? [hiddenGradient!, cellGradient] : [hiddenGradient!];
    const arrays = {
      recurrentWeight: backend.arrayOf(recurrentWeight!),
      outputGradient: backend.arrayOf(outputGradient!),
      finalGradient: gradients.map((tensor) => backend.arrayOf(tensor)),
    };
    const initial = gradients.map(() => backend.createOutput([batchSize, hiddenSize]));
    recurrentBackward(backend.simd, tape, { ...arrays, initialGradient: initial.map(({ array }) => array) });
    return initial.map(({ info }) => info);
  },
  RnnkitRecurrentGradient(
    backend,
    { workspace, inputWeight },
    { operand, shape }: { operand: RecurrentOperand; shape: readonly number[] },
  ) {
    const weight = backend.arrayOf(inputWeight!);
    const { info, array } = backend.createOutput(shape);
    recurrentGradient(backend.simd, backend.tapeOf(workspace!), operand, { output: array, inputWeight: weight });
    return info;
  },
};
