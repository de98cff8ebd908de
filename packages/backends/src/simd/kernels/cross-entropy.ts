import { crossEntropyRows } from "@rnnkit/simd";
import type { Kernel } from "../kernel-definition.ts";

/** See softmax-cross-entropy.ts of `@rnnkit/ops`: the losses, and the gradient of each by its logits. */
export const crossEntropyKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitSoftmaxCrossEntropy(backend, { logits, targets, mask }, { labelSmoothing }: { labelSmoothing: number }) {
    const [rows, columns] = logits!.shape as [number, number];
    const arrays = {
      logits: backend.arrayOf(logits!),
      targets: backend.arrayOf(targets!),
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
};
