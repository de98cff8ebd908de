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
 * workspace for each layer, as that of `recurrent`; the backward kernel the gradients of inputs, keys and values, the initial states
 * and, where there are such, the query weight and what each row of the batch adds to that of the vector, [B, A]. After it the gradient
 * kernel of `recurrent` gives those of the parameters of a layer.
 */
export function kernelAttending(
  kind: RecurrentKind,
  { inputs, keys, values, queryWeight, vector, mask, layers, initial, between, lengths, scale }: CheckedAttending,
): tf.Tensor[] {
  const isDifferentiable = isTapeOn();
  const attributes: AttendingAttributes = { kind, numLayers: layers.length, scale, lengths, isDifferentiable };
  const numbered = (name: string, tensors: readonly (tf.Tensor | undefined)[]) =>
    tensors.flatMap((tensor, k): [string, tf.Tensor][] => (tensor ? [[`${name}${k}`, tensor]] : []));
  const states = ["hidden", "cell"].flatMap((part, i) =>
    numbered(
      part,
      initial.map((state) => state[i]),
    ),
  );
  const parameters = PARAMETERS.flatMap((name) =>
    numbered(
      name,
      layers.map((layer) => layer[name]),
    ),
  );
  const operands: Record<string, tf.Tensor> = {
    ...{ inputs, keys, values },
    ...(queryWeight && { queryWeight }),
    ...(vector && { vector }),
    ...Object.fromEntries([...states, ...parameters]),
  };
  const layerOperands = layers.map((layer) =>
    PARAMETERS.flatMap((name) => (layer[name] ? [operandOf(name, layer[name])] : [])),
  );
  const masks = { ...(mask && { mask }), ...Object.fromEntries(numbered("between", between ?? [])) };
  const names = Object.keys({ ...operands, ...masks });
  return withGradient({
    inputs: operands,
    forward(save) {
      const results = runKernel("attending", { ...operands, ...masks }, attributes);
      const outputs = results.slice(0, 2 + states.length);
      if (isDifferentiable) {
        save([...Object.values({ ...operands, ...masks }), results[1]!, ...results.slice(outputs.length)]);
      }
      return outputs;
    },
    backward([outputGradient, weightsGradient, ...finalGradient], saved) {
      const given = Object.fromEntries(names.map((name, i) => [name, saved[i]!]));
      const [weights, ...workspaces] = saved.slice(names.length);
      const size = initial[0]!.length;
      const finalGradients = finalGradient.map((tensor, i): [string, tf.Tensor] => [
        `${stateName(i, size)}Gradient`,
        tensor,
      ]);
      const [forInputs, forKeys, forValues, ...others] = runKernel(
        "attendingBackward",
        {
          ...given,
          ...{ weights, outputGradient, weightsGradient },
          ...Object.fromEntries(finalGradients),
          ...Object.fromEntries(numbered("workspace", workspaces)),
        },
        attributes,
      );
      const forStates = others.slice(0, states.length);
      const [forQueryWeight, forVector] = queryWeight
        ? others.slice(states.length)
        : [undefined, ...others.slice(states.length)];
      const ofLayers = workspaces.flatMap((workspace, k) => {
        const gradients = operandGradients(
          "recurrentGradient",
          { workspace, inputWeight: given[`inputWeight${k}`] },
          layerOperands[k]!,
        );
        return Object.entries(gradients).map(([operand, gradient]) => [`${operand}${k}`, gradient] as const);
      });
      return {
        inputs: () => forInputs!,
        keys: () => forKeys!,
        values: () => forValues!,
        queryWeight: () => forQueryWeight!,
        vector: () => tf.sum(forVector!, 0),
        ...Object.fromEntries(forStates.map((tensor, i) => [stateName(i, size), () => tensor])),
        ...Object.fromEntries(ofLayers),
      };
    },
  });
}

/** Of tensor i of the states, which come layer by layer, `size` each. */
function stateName(i: number, size: number): string {
  return `${i % size === 0 ? "hidden" : "cell"}${Math.trunc(i / size)}`;
}
