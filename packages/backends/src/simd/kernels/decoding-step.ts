import type { DecodingStepAttributes } from "@rnnkit/ops";
import { createDecoder } from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";
import type { Kernel, KernelInputs } from "../kernel-definition.ts";
import type { SimdBackend } from "../simd-backend.ts";

/** See decoding-step.ts of `@rnnkit/ops`: the logits, then the new state, layer by layer. */
export const decodingKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitDecodingStep(backend, inputs, { kind, numLayers }: DecodingStepAttributes) {
    const { tokens, hidden0, cell0, outputWeight } = inputs;
    const [batchSize, hiddenSize] = hidden0!.shape as [number, number];
    const decoder = decoderOf(backend, inputs, { kind, numLayers, batchSize, hiddenSize });
    const names = cell0 ? ["hidden", "cell"] : ["hidden"];
    const layers = Array.from({ length: numLayers }, (_, layer) => layer);
    const states = layers.map((layer) => names.map((name) => backend.arrayOf(inputs[`${name}${layer}`]!)));
    const tokenArray = backend.arrayOf(tokens!);
    const logits = backend.createOutput([batchSize, outputWeight!.shape[0]!]);
    const next = states.map((layer) => layer.map(() => backend.createOutput([batchSize, hiddenSize])));
    decoder.step({
      tokens: backend.simd.ints(tokenArray),
      states,
      nextStates: next.map((layer) => layer.map(({ array }) => array)),
      logits: logits.array,
    });
    return [logits, ...next.flat()].map(({ info }) => info);
  },
};

interface Sizes extends DecodingStepAttributes {
  readonly batchSize: number;
  readonly hiddenSize: number;
}

/** The decoder of these weights and this batch, kept until the weights change. */
function decoderOf(backend: SimdBackend, inputs: KernelInputs, { kind, numLayers, batchSize, hiddenSize }: Sizes) {
  const { embedding, outputWeight, outputBias } = inputs;
  const names = ["recurrentWeight", "inputWeight", "inputBias", "recurrentBias"] as const;
  const weights = Array.from({ length: numLayers }, (_, layer) => names.map((name) => inputs[`${name}${layer}`]));
  const sources = [...weights.flat(), embedding, outputWeight, outputBias];
  return backend.packOf(`decoder ${kind} ${batchSize}`, sources as [tf.TensorInfo], () =>
    createDecoder(backend.simd, {
      kind,
      vocabSize: outputWeight!.shape[0]!,
      hiddenSize,
      batchSize,
      layers: weights.map(([recurrentWeight, inputWeight, inputBias, recurrentBias]) => ({
        recurrentWeight: backend.arrayOf(recurrentWeight!),
        inputWeight: backend.arrayOf(inputWeight!),
        inputBias: inputBias && backend.arrayOf(inputBias),
        recurrentBias: recurrentBias && backend.arrayOf(recurrentBias),
      })),
      embedding: embedding && { table: backend.arrayOf(embedding), width: embedding.shape[1]! },
      output: { weight: backend.arrayOf(outputWeight!), bias: outputBias && backend.arrayOf(outputBias) },
    }),
  );
}
