import type { DecodingAttributes, DecodingRows } from "@rnnkit/ops";
import { createDecoder, createDecoderState, selectDecoderRows, type Decoder, type SimdArray } from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";
import type { Kernel, KernelInputs } from "../kernel-definition.ts";
import type { SimdBackend, Sources } from "../simd-backend.ts";

/** See decoding-state.ts of `@rnnkit/ops`. */
export const decodingKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitDecodingRows(backend, inputs, { kind, numLayers }: DecodingAttributes) {
    const layers = Array.from({ length: numLayers }, (_, layer) => layer);
    const [batchSize, hiddenSize] = inputs["hidden0"]!.shape as [number, number];
    const names = kind === "lstm" ? ["hidden", "cell"] : ["hidden"];
    const states = layers.map((layer) => names.map((name) => backend.arrayOf(inputs[`${name}${layer}`]!)));
    const sizes = { kind, numLayers, hiddenSize };
    const decoder = decoderOf(backend, inputs, sizes);
    const state = createDecoderState(backend.simd, { ...sizes, batchSize }, states);
    return rowsOf({ backend, sizes, decoder }, state, batchSize) as never;
  },
};

interface Sizes extends DecodingAttributes {
  readonly hiddenSize: number;
}

interface Model {
  readonly backend: SimdBackend;
  readonly sizes: Sizes;
  readonly decoder: () => Decoder;
}

function rowsOf(model: Model, state: SimdArray, batchSize: number): DecodingRows {
  const { sizes, decoder } = model;
  const { simd } = model.backend;
  return {
    step(tokens) {
      const current = decoder();
      const nextState = simd.allocate(state.length);
      try {
        const logits = current.step({ tokens, state, nextState });
        return { logits, state: rowsOf(model, nextState, batchSize) };
      } catch (error) {
        simd.free(nextState);
        throw error;
      }
    },
    select: (rows) => rowsOf(model, selectDecoderRows(simd, { ...sizes, batchSize }, { state, rows }), rows.length),
    dispose: () => simd.free(state),
  };
}

/** Gives the decoder of these weights, which is kept until they change. */
function decoderOf(backend: SimdBackend, inputs: KernelInputs, { kind, numLayers, hiddenSize }: Sizes): () => Decoder {
  const { embedding, outputWeight, outputBias } = inputs;
  const names = ["recurrentWeight", "inputWeight", "inputBias", "recurrentBias"] as const;
  const weights = Array.from({ length: numLayers }, (_, layer) => names.map((name) => inputs[`${name}${layer}`]));
  const sources = [...weights.flat(), embedding, outputWeight, outputBias] as unknown as Sources &
    (tf.Tensor | undefined)[];
  const arrayOf = (tensor: tf.TensorInfo | undefined) => tensor && backend.arrayOf(tensor);
  const make = () =>
    createDecoder(backend.simd, {
      kind,
      vocabSize: outputWeight!.shape[0]!,
      hiddenSize,
      layers: weights.map(([recurrentWeight, inputWeight, inputBias, recurrentBias]) => ({
        recurrentWeight: backend.arrayOf(recurrentWeight!),
        inputWeight: backend.arrayOf(inputWeight!),
        inputBias: arrayOf(inputBias),
        recurrentBias: arrayOf(recurrentBias),
      })),
      embedding: embedding && { table: backend.arrayOf(embedding), width: embedding.shape[1]! },
      output: { weight: backend.arrayOf(outputWeight!), bias: arrayOf(outputBias) },
    });
  const form = `decoder ${kind}`;
  return () => {
    for (const source of sources) {
      if (source?.isDisposed) throw new Error("DecodingState.step: weights must not be disposed before they are used");
    }
    return backend.packOf(form, sources, make);
  };
}
