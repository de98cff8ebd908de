import type { AttendingAttributes } from "@rnnkit/ops";
import { attendingBackward, attendingForward, type AttendingOperands } from "@rnnkit/simd";
import type { TensorInfo } from "@tensorflow/tfjs";
import type { Kernel, KernelInputs } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

/** See kernel-attending.ts of `@rnnkit/ops`. */
export const attendingKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitAttending(backend, inputs, attributes: AttendingAttributes) {
    const { simd } = backend;
    const { isDifferentiable } = attributes;
    const operands = operandsOf(backend, inputs, attributes);
    const { batchSize, numSteps, numKeys, hiddenSize } = operands;
    const outputs = backend.createOutput([batchSize, numSteps, hiddenSize]);
    const weights = backend.createOutput([batchSize, numSteps, numKeys]);
    const initial = statesOf(named(inputs), attributes);
    const final = initial.map((state) => state.map(({ shape }) => backend.createOutput(shape)));
    const tapes = attendingForward(simd, {
      ...{ ...operands, isDifferentiable, outputs: outputs.array, weights: weights.array },
      inputs: backend.arrayOf(named(inputs)["inputs"]!),
      initialState: initial.map((state) => state.map((tensor) => backend.arrayOf(tensor))),
      finalState: final.map((state) => state.map(({ array }) => array)),
    });
    const results = [outputs, weights, ...final.flat()].map(({ info }) => info);
    if (isDifferentiable) return [...results, ...tapes.map((tape) => backend.makeWorkspace(tape))];
    for (const { workspace } of tapes) simd.free(workspace);
    return results;
  },
  RnnkitAttendingBackward(backend, inputs, attributes: AttendingAttributes) {
    const operands = operandsOf(backend, inputs, attributes);
    const { batchSize, width } = operands;
    const tensors = named(inputs);
    const read = (name: string) => backend.arrayOf(tensors[name]!);
    const like = (name: string) => backend.createOutput(tensors[name]!.shape);
    const final = statesOf(tensors, attributes, "Gradient");
    const finalGradient = final.map((state) => state.map((tensor) => backend.arrayOf(tensor)));
    const [forInputs, forKeys, forValues] = [like("inputs"), like("keys"), like("values")];
    const forQueryWeight = tensors["queryWeight"] && like("queryWeight");
    const forVector = tensors["vector"] && backend.createOutput([batchSize, width]);
    const tapes = Array.from({ length: attributes.numLayers }, (_, k) => backend.tapeOf(tensors[`workspace${k}`]!));
    attendingBackward(backend.simd, tapes, {
      ...operands,
      finalGradient,
      weights: read("weights"),
      outputGradient: read("outputGradient"),
      weightsGradient: read("weightsGradient"),
      inputsGradient: forInputs.array,
      keysGradient: forKeys.array,
      valuesGradient: forValues.array,
      queryWeightGradient: forQueryWeight?.array,
      vectorGradient: forVector?.array,
    });
    const optional = [forQueryWeight, forVector].filter((output) => output !== undefined);
    return [forInputs, forKeys, forValues, ...optional].map(({ info }) => info);
  },
};

/** By name alone: `keys` and `values` are also what every array has. */
const named = (inputs: KernelInputs) => inputs as Readonly<Record<string, TensorInfo | undefined>>;

/** The tensors of each layer's state. */
function statesOf(
  tensors: Readonly<Record<string, TensorInfo | undefined>>,
  { numLayers }: AttendingAttributes,
  suffix = "",
): TensorInfo[][] {
  return Array.from({ length: numLayers }, (_, k) =>
    ["hidden", "cell"].map((part) => tensors[`${part}${k}${suffix}`]).filter((tensor) => tensor !== undefined),
  );
}

function operandsOf(
  backend: SimdBackend,
  inputs: KernelInputs,
  { kind, numLayers, scale, lengths }: AttendingAttributes,
): AttendingOperands {
  const tensors = named(inputs);
  const read = (name: string) => tensors[name] && backend.arrayOf(tensors[name]);
  const [batchSize, numSteps, inputSize] = tensors["inputs"]!.shape as [number, number, number];
  const [, numKeys, width] = tensors["keys"]!.shape as [number, number, number];
  const valueWidth = tensors["values"]!.shape[2]!;
  const hiddenSize = tensors["hidden0"]!.shape[1]!;
  return {
    ...{ kind, batchSize, numSteps, inputSize, numKeys, width, valueWidth, hiddenSize, scale, lengths },
    keys: read("keys")!,
    values: read("values")!,
    vector: read("vector"),
    mask: read("mask"),
    queryWeight: read("queryWeight"),
    layers: Array.from({ length: numLayers }, (_, k) => ({
      inputWeight: read(`inputWeight${k}`)!,
      recurrentWeight: read(`recurrentWeight${k}`)!,
      inputBias: read(`inputBias${k}`),
      recurrentBias: read(`recurrentBias${k}`),
    })),
    between: tensors["between0"] && Array.from({ length: numLayers - 1 }, (_, k) => read(`between${k}`)!),
  };
}
