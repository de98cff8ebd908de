import type { DecodingStepAttributes } from "@rnnkit/ops";
import { gatherRows, matMul } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import type { Kernel, KernelInputs } from "../kernel-definition.ts";
import { releasing } from "../releasing.ts";
import type { Output, SimdBackend } from "../simd-backend.ts";
import { runLayer } from "./recurrent.ts";

/** See decoding-step.ts of `@rnnkit/ops`: the logits, then the new state, layer by layer. */
export const decodingKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitDecodingStep(backend, inputs, { kind, numLayers }: DecodingStepAttributes) {
    const { tokens, outputWeight, outputBias } = inputs;
    const [batchSize] = tokens!.shape as [number];
    const [vocabSize, width] = outputWeight!.shape as [number, number];
    const layers = Array.from({ length: numLayers }, (_, layer) => layerInputs(inputs, layer));
    const shapes = layers.flatMap(({ states }) => states.map(({ shape }) => shape));
    const made = backend.makeOutputs([[batchSize, vocabSize], ...shapes]);
    return releasing(backend, made, () => {
      const embedded = inputs["embedding"] && embed(backend, inputs["embedding"], tokens!);
      let below: tf.TensorInfo = embedded?.info ?? { ...tokens!, shape: [batchSize, 1] };
      try {
        let next = 1;
        for (const { weights, states } of layers) {
          const written = made.slice(next, next + states.length);
          const tape = runLayer(
            backend,
            { kind, lengths: undefined, isReverse: false, isDifferentiable: false },
            { sequence: below, numSteps: 1, states, weights, finalState: written.map(({ array }) => array) },
          );
          backend.simd.free(tape.workspace);
          below = { ...written[0]!.info, shape: [batchSize, 1, weights[0].shape[1]!] };
          next += states.length;
        }
      } finally {
        if (embedded) backend.disposeData(embedded.info.dataId);
      }
      matMul(backend.simd, {
        a: backend.arrayOf(below),
        b: backend.arrayOf(outputWeight!),
        bias: outputBias && backend.arrayOf(outputBias),
        output: made[0]!.array,
        rows: batchSize,
        columns: vocabSize,
        depth: width,
        isBTransposed: true,
      });
      return made.map(({ info }) => info);
    });
  },
};

function layerInputs(inputs: KernelInputs, layer: number) {
  const { hidden, cell } = { hidden: inputs[`hidden${layer}`]!, cell: inputs[`cell${layer}`] };
  return {
    states: cell ? [hidden, cell] : [hidden],
    weights: [
      inputs[`recurrentWeight${layer}`]!,
      inputs[`inputWeight${layer}`]!,
      inputs[`inputBias${layer}`],
      inputs[`recurrentBias${layer}`],
    ] as const,
  };
}

function embed(backend: SimdBackend, table: tf.TensorInfo, tokens: tf.TensorInfo): Output {
  const width = table.shape[1]!;
  const arrays = { table: backend.arrayOf(table), ids: backend.arrayOf(tokens) };
  const output = backend.makeOutput([tokens.shape[0]!, 1, width]);
  return releasing(backend, [output], () => {
    gatherRows(backend.simd, { ...arrays, rows: output.array, width });
    return output;
  });
}
