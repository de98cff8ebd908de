import { euclideanNorm, optimizerStep, type OptimizerArrays, type OptimizerHyperparameters } from "@rnnkit/simd";
import type * as tf from "@tensorflow/tfjs";
import { isFloat, type Kernel } from "../kernel-definition.ts";

type OptimizerAttributes = OptimizerHyperparameters & { readonly numTargets: number };

/** See optimizer-update.ts and global-norm.ts of `@rnnkit/ops`. */
export const optimizerKernels: Readonly<Record<string, Kernel<never>>> = {
  RnnkitOptimizerUpdate(backend, inputs, attributes: OptimizerAttributes) {
    const { numTargets } = attributes;
    const arrayOf = (i: number, name: string) => {
      const tensor = inputs[i];
      if (tensor && !isFloat(tensor))
        throw new TypeError(`optimizerUpdate: ${name} must be float32, got ${tensor.dtype}`);
      return tensor && backend.arrayOf(tensor);
    };
    const targets: OptimizerArrays[] = [];
    for (let i = 0; i < 4 * numTargets; i += 4) {
      targets.push({
        parameter: arrayOf(i, "parameter")!,
        gradient: arrayOf(i + 1, "gradient")!,
        first: arrayOf(i + 2, "first"),
        second: arrayOf(i + 3, "second"),
      });
    }
    optimizerStep(backend.simd, targets, attributes);
    for (let i = 0; i < numTargets; i++) backend.touch(inputs[4 * i]!);
    return [];
  },
  RnnkitGlobalNorm(backend, inputs) {
    const tensors = Object.values(inputs as unknown as Record<string, tf.TensorInfo>);
    const arrays = tensors.map((tensor) => backend.arrayOf(tensor));
    const { info, array } = backend.createOutput([]);
    euclideanNorm(backend.simd, arrays, array);
    return info;
  },
};
