import { optimizerStep, sumOfSquares, type OptimizerHyperparameters } from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";
import { isFloat, type Kernel } from "../kernel-definition.ts";

/** See optimizer-update.ts and global-norm.ts of `@rnnkit/ops`. */
export const optimizerKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitOptimizerUpdate(backend, { parameter, gradient, first, second }, hyperparameters: OptimizerHyperparameters) {
    for (const [name, tensor] of Object.entries({ parameter, gradient, first, second })) {
      if (tensor && !isFloat(tensor)) {
        throw new TypeError(`optimizerUpdate: ${name} must be float32, got ${tensor.dtype}`);
      }
    }
    const target = {
      parameter: backend.arrayOf(parameter!),
      gradient: backend.arrayOf(gradient!),
      first: first && backend.arrayOf(first),
      second: second && backend.arrayOf(second),
    };
    optimizerStep(backend.simd, target, hyperparameters);
    backend.touch(parameter!);
    return [];
  },
  RnnkitGlobalNorm(backend, inputs) {
    const tensors = Object.values(inputs as unknown as Record<string, tf.TensorInfo>);
    const squares = tensors.map((tensor) => sumOfSquares(backend.simd, backend.arrayOf(tensor)));
    const norm = Math.sqrt(squares.reduce((total, square) => total + square, 0));
    return backend.makeTensorInfo([], "float32", new Float32Array([norm]));
  },
};
