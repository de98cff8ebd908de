import { optimizerStep, sumOfSquares, type OptimizerHyperparameters } from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";
import { isFloat, type Kernel } from "../kernel-definition.ts";

type OptimizerAttributes = OptimizerHyperparameters & { readonly numTargets: number };

/** See optimizer-update.ts and global-norm.ts of `@rnnkit/ops`. */
export const optimizerKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitOptimizerUpdate(backend, inputs, { numTargets, ...hyperparameters }: OptimizerAttributes) {
    for (const [name, tensor] of Object.entries(inputs as unknown as Record<string, tf.TensorInfo>)) {
      if (!isFloat(tensor)) {
        throw new TypeError(`optimizerUpdate: ${name.replace(/\d+$/, "")} must be float32, got ${tensor.dtype}`);
      }
    }
    for (let i = 0; i < numTargets; i++) {
      const [first, second] = [inputs[`first${i}`], inputs[`second${i}`]];
      const target = {
        parameter: backend.arrayOf(inputs[`parameter${i}`]!),
        gradient: backend.arrayOf(inputs[`gradient${i}`]!),
        first: first && backend.arrayOf(first),
        second: second && backend.arrayOf(second),
      };
      optimizerStep(backend.simd, target, hyperparameters);
      backend.touch(inputs[`parameter${i}`]!);
    }
    return [];
  },
  RnnkitGlobalNorm(backend, inputs) {
    const tensors = Object.values(inputs as unknown as Record<string, tf.TensorInfo>);
    const squares = tensors.map((tensor) => sumOfSquares(backend.simd, backend.arrayOf(tensor)));
    const norm = Math.sqrt(squares.reduce((total, square) => total + square, 0));
    return backend.makeTensorInfo([], "float32", new Float32Array([norm]));
  },
};
