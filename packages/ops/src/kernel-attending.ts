import * as tf from "@tensorflow/tfjs";
import type { CheckedAttending } from "./attending-arguments.ts";
import type { AttentionAttributes } from "./kernel-attention.ts";
import { isTapeOn } from "./kernel-recurrent.ts";
import { runKernel } from "./kernels.ts";
import { operandGradients, operandOf } from "./operand-gradients.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { withGradient } from "./with-gradient.ts";

/** What a backend's kernels for `attendingRecurrent` are told beside their tensors. */
export interface AttendingAttributes extends AttentionAttributes {
  readonly kind: RecurrentKind;
  readonly numLayers: number;
  /** Whether a gradient may be wanted, for which the kernel then keeps what it needs. */
  readonly isDifferentiable: boolean;
}

const PARAMETERS = ["inputWeight", "recurrentWeight", "inputBias", "recurrentBias"] as const;

/**
 * `composedAttending`, by the kernels of the active backend. What belongs to layer k has its number behind its name: `hidden0`, `cell0`,
 * `inputWeight0` and so on, `between0`. The forward kernel gives the outputs, the weights, the final states and, where asked to, a
 * workspace for each layer, as that of `recurrent`; the backward kernel the gradients of inputs, keys and values and, where there are
 * such, of the query weight and what each row of the batch adds to that of the vector, [B, A]. After it the gradient kernel of
 * `recurrent` gives those of the initial state and the parameters of a layer.
 */
export function kernelAttending(
  kind: RecurrentKind,
  { inputs, keys, values, queryWeight, vector, mask, layers, initial, between, lengths, scale }: CheckedAttending,
): tf.Tensor[] {
  const isDifferentiable = isTapeOn();
  const attributes: AttendingAttributes = { kind, numLayers: layers.length, scale, lengths, isDifferentiable };
  const operands: Record<string, tf.Tensor> = { inputs, keys, values };
  if (queryWeight) operands["queryWeight"] = queryWeight;
  if (vector) operands["vector"] = vector;
  const layerOperands = layers.map((layer, k) => {
    const named = { hidden: initial[k]![0], cell: initial[k]![1], ...layer } as Record<string, tf.Tensor | undefined>;
    return ["hidden", "cell", ...PARAMETERS].flatMap((name) => {
      const tensor = named[name];
      if (!tensor) return [];
      operands[`${name}${k}`] = tensor;
      return [operandOf(name, tensor)];
    });
  });
  const numbered = (name: string, tensors: readonly tf.Tensor[]) =>
    Object.fromEntries(tensors.map((tensor, k) => [`${name}${k}`, tensor]));
  const given = { ...operands, ...(mask && { mask }), ...numbered("between", between ?? []) };
  const names = Object.keys(given);
  const [batchSize, numSteps] = inputs.shape;
  const stateShape = initial[0]![0]!.shape;
  const stateNames = initial.flatMap((state, k) => state.map((_, i) => `${i === 0 ? "hidden" : "cell"}${k}`));
  return withGradient({
    inputs: operands,
    forward(save) {
      const results = runKernel("attending", given, attributes);
      const workspaces = results.splice(2 + stateNames.length);
      if (isDifferentiable) save([...Object.values(given), results[1]!], workspaces);
      return results;
    },
    backward([outputGradient, weightsGradient, ...finalGradients], saved, isWanted) {
      const kept = Object.fromEntries(names.map((name, i) => [name, saved[i]!]));
      const [weights, ...workspaces] = saved.slice(names.length);
      const ofStates = stateNames.map((name, i): [string, tf.Tensor] => [
        `${name}Gradient`,
        finalGradients[i] ?? tf.zeros(stateShape),
      ]);
      const [forInputs, forKeys, forValues, ...others] = runKernel(
        "attendingBackward",
        {
          ...kept,
          weights,
          outputGradient: outputGradient ?? tf.zeros([batchSize, numSteps, stateShape[1]!]),
          weightsGradient: weightsGradient ?? tf.zerosLike(weights!),
          ...Object.fromEntries(ofStates),
          ...numbered("workspace", workspaces),
        },
        attributes,
      );
      const [forQueryWeight, forVector] = queryWeight ? others : [undefined, ...others];
      const ofLayers = workspaces.flatMap((workspace, k) => {
        const wanted = layerOperands[k]!.filter(({ operand }) => isWanted(`${operand}${k}`));
        const gradients = operandGradients(
          "recurrentGradient",
          { workspace, inputWeight: kept[`inputWeight${k}`] },
          wanted,
        );
        return Object.entries(gradients).map(([operand, gradient]) => [`${operand}${k}`, gradient] as const);
      });
      return {
        inputs: () => forInputs!,
        keys: () => forKeys!,
        values: () => forValues!,
        queryWeight: () => forQueryWeight!,
        vector: () => tf.sum(forVector!, 0),
        ...Object.fromEntries(ofLayers),
      };
    },
  });
}
