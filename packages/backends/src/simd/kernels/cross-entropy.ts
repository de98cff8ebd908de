import {
  crossEntropyRows,
  linearCrossEntropyForward,
  linearCrossEntropyGradient,
  type LinearCrossEntropyOperand,
} from "@rnnkit/simd";
import type { Kernel } from "../kernel-definition.ts";

export const crossEntropyKernels: Readonly<Record<string, Kernel<never>>> = {
  /** See softmax-cross-entropy.ts of `@rnnkit/ops`: the losses, and the gradient of each by its logits. */
  RnnkitSoftmaxCrossEntropy(backend, { logits, targets, mask }, { labelSmoothing }: { labelSmoothing: number }) {
    const [rows, columns] = logits!.shape as [number, number];
    const arrays = {
      logits: backend.arrayOf(logits!),
      targets: backend.intsOf(targets!),
      mask: mask && backend.arrayOf(mask),
    };
    const losses = backend.createOutput([rows]);
    const gradient = backend.createOutput([rows, columns]);
    crossEntropyRows(backend.simd, {
      ...arrays,
      smoothing: labelSmoothing,
      rows,
      columns,
      losses: losses.array,
      gradient: gradient.array,
    });
    return [losses.info, gradient.info];
  },
  /** See linear-cross-entropy.ts of `@rnnkit/ops`: the sum, and its gradient by the logits. */
  RnnkitLinearCrossEntropy(
    backend,
    { inputs, weight, bias, targets, mask },
    { labelSmoothing, scale }: { labelSmoothing: number; scale: number },
  ) {
    const [outputSize, inputSize] = weight!.shape as [number, number];
    const rows = targets!.shape[0]!;
    const slopes = backend.createOutput([rows, outputSize]);
    const total = backend.createOutput([]);
    linearCrossEntropyForward(backend.simd, {
      rows,
      inputSize,
      outputSize,
      inputs: backend.arrayOf(inputs!),
      weight: backend.arrayOf(weight!),
      bias: bias && backend.arrayOf(bias),
      targets: backend.intsOf(targets!),
      mask: mask && backend.arrayOf(mask),
      smoothing: labelSmoothing,
      scale,
      total: total.array,
      slopes: slopes.array,
    });
    return [total.info, slopes.info];
  },
  RnnkitLinearCrossEntropyGradient(
    backend,
    { inputs, weight, slopes, gradient },
    { operands }: { operands: readonly { operand: LinearCrossEntropyOperand; shape: readonly number[] }[] },
  ) {
    const [outputSize, inputSize] = weight!.shape as [number, number];
    const rows = slopes!.shape[0]!;
    const arrays = {
      inputs: backend.arrayOf(inputs!),
      weight: backend.arrayOf(weight!),
      slopes: backend.arrayOf(slopes!),
    };
    const scale = (backend.readSync(gradient!.dataId) as Float32Array)[0]!;
    return operands.map(({ operand, shape }) => {
      const { info, array: output } = backend.createOutput(shape);
      const args = { rows, inputSize, outputSize, ...arrays, gradient: scale, output };
      linearCrossEntropyGradient(backend.simd, operand, args);
      return info;
    });
  },
};
