import * as tf from "@tensorflow/tfjs";
import type { SequenceArguments } from "./composed-recurrent.ts";
import { runKernel } from "./kernels.ts";
import { operandGradients, operandOf } from "./operand-gradients.ts";
import type { RecurrentKind } from "./recurrent-kind.ts";
import { withGradient } from "./with-gradient.ts";

/** What a backend's kernel for `recurrent` is told beside its tensors. */
export interface RecurrentAttributes {
  readonly kind: RecurrentKind;
  /** [B], each from 0 to T; `undefined` where every row has T steps. */
  readonly lengths: Int32Array | undefined;
  readonly isReverse: boolean;
  /** Whether a gradient may be wanted, for which the kernel then keeps what it needs. */
  readonly isDifferentiable: boolean;
}

/**
 * `composedRecurrent`, by the kernels of the active backend. The forward kernel gives the outputs, the final state and, where
 * asked to, a workspace, a tensor whose contents are its own affair; the backward kernel works on that and gives the gradients of the initial
 * state, after which the gradient kernel gives those of any operands.
 */
export function kernelRecurrent(
  kind: RecurrentKind,
  { inputs, initial, weights, lengths, isReverse }: SequenceArguments,
): tf.Tensor[] {
  const { inputWeight, recurrentWeight, inputBias, recurrentBias } = weights;
  const [hidden, cell] = initial;
  const isDifferentiable = isTapeOn();
  const attributes: RecurrentAttributes = { kind, lengths, isReverse, isDifferentiable };
  const operands: Record<string, tf.Tensor> = {};
  if (inputs.rank === 3) operands["inputs"] = inputs;
  operands["inputWeight"] = inputWeight;
  operands["recurrentWeight"] = recurrentWeight;
  if (inputBias) operands["inputBias"] = inputBias;
  if (recurrentBias) operands["recurrentBias"] = recurrentBias;
  const differentiated = Object.keys(operands).map((name) => operandOf(name, operands[name]!));
  for (let i = 0; i < initial.length; i++) operands[`state${i}`] = initial[i]!;
  return withGradient({
    inputs: operands,
    forward(save) {
      const tensors = { inputs, hidden, cell, inputWeight, recurrentWeight, inputBias, recurrentBias };
      const results = runKernel("recurrent", tensors, attributes);
      const outputs = results.slice(0, 1 + initial.length);
      if (isDifferentiable) save([inputWeight, recurrentWeight, results.at(-1)!]);
      return outputs;
    },
    backward([outputGradient, hiddenGradient, cellGradient], [savedInputWeight, savedRecurrentWeight, workspace]) {
      const initialGradient = runKernel(
        "recurrentBackward",
        { workspace, recurrentWeight: savedRecurrentWeight, outputGradient, hiddenGradient, cellGradient },
        {},
      );
      const gradients = operandGradients(
        "recurrentGradient",
        { workspace, inputWeight: savedInputWeight },
        differentiated,
      );
      for (let i = 0; i < initialGradient.length; i++) gradients[`state${i}`] = () => initialGradient[i]!;
      return gradients;
    },
  });
}

/** Whether what is computed now may be differentiated. */
export function isTapeOn(): boolean {
  return (tf.engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
}
