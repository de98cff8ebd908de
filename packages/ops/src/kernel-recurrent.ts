import * as tf from "@tensorflow/tfjs";
import type { SequenceArguments } from "./composed-recurrent.ts";
import { runKernel } from "./kernels.ts";
import { operandGradients, operandOf, type Operand } from "./operand-gradients.ts";
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
 * asked to, a workspace, a tensor whose contents are its own affair; the backward kernel works on that, once, and gives the gradients of
 * any operands.
 */
export function kernelRecurrent(
  kind: RecurrentKind,
  { inputs, initial = [], weights, lengths, isReverse }: SequenceArguments,
): tf.Tensor[] {
  const { inputWeight, recurrentWeight, inputBias, recurrentBias } = weights;
  const [hidden, cell] = initial;
  const isDifferentiable = isTapeOn();
  const attributes: RecurrentAttributes = { kind, lengths, isReverse, isDifferentiable };
  const tensors = { inputs, hidden, cell, inputWeight, recurrentWeight, inputBias, recurrentBias };
  const differentiated: Record<string, tf.Tensor> = {};
  const operands: Operand[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    if (!tensor || tensor.dtype === "int32") continue; // absent, or ids
    differentiated[name] = tensor;
    operands.push(operandOf(name, tensor));
  }
  return withGradient({
    inputs: differentiated,
    forward(save) {
      const results = runKernel("recurrent", tensors, attributes);
      if (!isDifferentiable) return results;
      const workspace = results.pop()!;
      save([inputWeight, recurrentWeight], [workspace]);
      return results;
    },
    backward(
      [outputGradient, hiddenGradient, cellGradient],
      [savedInputWeight, savedRecurrentWeight, workspace],
      isWanted,
    ) {
      const kept = { workspace, inputWeight: savedInputWeight, recurrentWeight: savedRecurrentWeight };
      return operandGradients(
        "recurrentBackward",
        { ...kept, outputGradient, hiddenGradient, cellGradient },
        operands.filter(({ operand }) => isWanted(operand)),
      );
    },
  });
}

/** Whether what is computed now may be differentiated. */
export function isTapeOn(): boolean {
  return (tf.engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
}
