import type { AttentionAttributes } from "@rnnkit/ops";
import { attentionBackward, attentionForward, type AttentionOperands } from "@rnnkit/simd";
import type { TensorInfo } from "@tensorflow/tfjs";
import type { Kernel, KernelInputs } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

/** See kernel-attention.ts of `@rnnkit/ops`. */
export const attentionKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitAttention(backend, inputs, attributes: AttentionAttributes) {
    const operands = operandsOf(backend, inputs, attributes);
    const { batchSize, numQueries, numKeys, valueWidth } = operands;
    const context = backend.createOutput([batchSize, numQueries, valueWidth]);
    const weights = backend.createOutput([batchSize, numQueries, numKeys]);
    attentionForward(backend.simd, { ...operands, context: context.array, weights: weights.array });
    return [context.info, weights.info];
  },
  RnnkitAttentionBackward(backend, inputs, attributes: AttentionAttributes) {
    const operands = operandsOf(backend, inputs, attributes);
    const { weights, contextGradient, weightsGradient, queries, keys, values, vector } = named(inputs);
    const read = {
      weights: backend.arrayOf(weights!),
      contextGradient: backend.arrayOf(contextGradient!),
      weightsGradient: backend.arrayOf(weightsGradient!),
    };
    const [forQueries, forKeys, forValues] = [queries!, keys!, values!].map(({ shape }) => backend.createOutput(shape));
    const forVector = vector && backend.createOutput([operands.batchSize, operands.width]);
    attentionBackward(backend.simd, {
      ...operands,
      ...read,
      queriesGradient: forQueries!.array,
      keysGradient: forKeys!.array,
      valuesGradient: forValues!.array,
      vectorGradient: forVector?.array,
    });
    return [forQueries!.info, forKeys!.info, forValues!.info, ...(forVector ? [forVector.info] : [])];
  },
};

/** By name alone: `keys` and `values` are also what every array has. */
const named = (inputs: KernelInputs) => inputs as Readonly<Record<string, TensorInfo | undefined>>;

function operandsOf(
  backend: SimdBackend,
  inputs: KernelInputs,
  { scale, lengths }: AttentionAttributes,
): AttentionOperands {
  const { queries, keys, values, vector, mask } = named(inputs);
  const [batchSize, numQueries, width] = queries!.shape as [number, number, number];
  const [, numKeys, valueWidth] = values!.shape as [number, number, number];
  return {
    ...{ batchSize, numQueries, numKeys, width, valueWidth, scale, lengths },
    queries: backend.arrayOf(queries!),
    keys: backend.arrayOf(keys!),
    values: backend.arrayOf(values!),
    vector: vector && backend.arrayOf(vector),
    mask: mask && backend.arrayOf(mask),
  };
}
