import { optimizerStep, sumOfSquares, type OptimizerHyperparameters } from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";
import { isFloat, type Kernel } from "../kernel-definition.ts";

type OptimizerAttributes = OptimizerHyperparameters & { readonly numTargets: number };

/** See optimizer-update.ts and global-norm.ts of `@rnnkit/ops`. */
export const optimizerKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitOptimizerUpdate(backend, inputs, attributes: OptimizerAttributes) {
    const tensors = inputs as unknown as Readonly<Record<string, tf.TensorInfo>>;
    for (const name of Object.keys(tensors)) {
      const tensor = tensors[name]!;
      if (!isFloat(tensor)) {
        throw new TypeError(`optimizerUpdate: ${name.replace(/\d+$/, "")} must be float32, got ${tensor.dtype}`);
      }
    }
    const arrayOf = (name: string) => inputs[name] && backend.arrayOf(inputs[name]);
    const { numTargets } = attributes;
    const targets = Array.from({ length: numTargets }, (_, i) => ({
      parameter: backend.arrayOf(inputs[`parameter${i}`]!),
      gradient: backend.arrayOf(inputs[`gradient${i}`]!),
      first: arrayOf(`first${i}`),
      second: arrayOf(`second${i}`),
    }));
    optimizerStep(backend.simd, targets, attributes);
    for (let i = 0; i < numTargets; i++) backend.touch(inputs[`parameter${i}`]!);
    return [];
  },
  RnnkitGlobalNorm(backend, inputs) {
    const tensors = Object.values(inputs as unknown as Record<string, tf.TensorInfo>);
    const arrays = tensors.map((tensor) => backend.arrayOf(tensor));
    const norm = Math.sqrt(sumOfSquares(backend.simd, arrays));
    return backend.makeTensorInfo([], "float32", new Float32Array([norm]));
  },
};
