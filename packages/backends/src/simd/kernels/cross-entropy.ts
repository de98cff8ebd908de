import { softmaxCrossEntropy } from "@rnnkit/simd";
import type { Kernel } from "../kernel-definition.ts";
import { releasing } from "../releasing.ts";

/** See softmax-cross-entropy.ts of `@rnnkit/ops`: the losses, and the gradient of each by its logits. */
export const crossEntropyKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitSoftmaxCrossEntropy(backend, { logits, targets, mask }, { labelSmoothing }: { labelSmoothing: number }) {
    const [rows, columns] = logits!.shape as [number, number];
    const arrays = {
      logits: backend.arrayOf(logits!),
      targets: backend.arrayOf(targets!),
      mask: mask && backend.arrayOf(mask),
    };
    const outputs = backend.makeOutputs([[rows], [rows, columns]]);
    const [losses, gradient] = outputs.map(({ array }) => array);
    return releasing(backend, outputs, () => {
      softmaxCrossEntropy(backend.simd, {
        ...arrays,
        smoothing: labelSmoothing,
        rows,
        columns,
        losses: losses!,
        gradient: gradient!,
      });
      return outputs.map(({ info }) => info);
    });
  },
};
