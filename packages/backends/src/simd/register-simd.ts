import { createSimd, type Simd, type SimdOptions } from "@rnnkit/simd";
import * as tf from "@tensorflow/tfjs";
import type { Kernel, KernelInputs } from "./kernel-definition.ts";
import { attendingKernels } from "./kernels/attending.ts";
import { attentionKernels } from "./kernels/attention.ts";
import { comparisonKernels } from "./kernels/comparison.ts";
import { crossEntropyKernels } from "./kernels/cross-entropy.ts";
import { decodingKernels } from "./kernels/decoding-rows.ts";
import { elementwiseKernels } from "./kernels/elementwise.ts";
import { gatherKernels } from "./kernels/gather.ts";
import { layoutKernels } from "./kernels/layout.ts";
import { matMulKernels } from "./kernels/mat-mul.ts";
import { optimizerKernels } from "./kernels/optimizer.ts";
import { recurrentKernels } from "./kernels/recurrent.ts";
import { reduceKernels } from "./kernels/reduce.ts";
import { createSimdBackend, type SimdBackend } from "./simd-backend.ts";

export const SIMD_BACKEND = "rnnkit-simd";

const KERNELS: Readonly<Record<string, Kernel<never>>> = {
  ...elementwiseKernels,
  ...comparisonKernels,
  ...reduceKernels,
  ...layoutKernels,
  ...matMulKernels,
  ...gatherKernels,
  ...recurrentKernels,
  ...crossEntropyKernels,
  ...decodingKernels,
  ...optimizerKernels,
  ...attentionKernels,
  ...attendingKernels,
};

/**
 * Registers the backend `rnnkit-simd` with TensorFlow.js: every kernel of the cpu backend, and ours in front of those that they
 * replace. A second call does nothing.
 */
export function registerSimd(options: SimdOptions = {}): void {
  if (tf.engine().registryFactory[SIMD_BACKEND]) return;
  tf.registerBackend(SIMD_BACKEND, async () => createSimdBackend(await createSimd({ ...options, isAsync: true })));
  registerKernels();
}

/** The kernels of the backend, with their memory and threads; `undefined` before it has started. */
export function activeSimd(): Simd | undefined {
  return (tf.engine().registry[SIMD_BACKEND] as SimdBackend | undefined)?.simd;
}

function registerKernels(): void {
  const inherited = new Map(tf.getKernelsForBackend("cpu").map((kernel) => [kernel.kernelName, kernel.kernelFunc]));
  for (const [kernelName, kernelFunc] of inherited) {
    if (!(kernelName in KERNELS)) tf.registerKernel({ kernelName, backendName: SIMD_BACKEND, kernelFunc });
  }
  for (const [kernelName, kernel] of Object.entries(KERNELS)) {
    tf.registerKernel({
      kernelName,
      backendName: SIMD_BACKEND,
      kernelFunc(call) {
        const backend = call.backend as SimdBackend;
        const inputs = call.inputs as unknown as KernelInputs;
        const results = backend.runKernel(kernelName, () => kernel(backend, inputs, (call.attrs ?? {}) as never));
        return results ?? inherited.get(kernelName)!(call);
      },
    });
  }
}
