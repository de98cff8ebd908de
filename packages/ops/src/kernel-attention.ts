import * as tf from "@tensorflow/tfjs";
import type { CheckedAttention } from "./attention-arguments.ts";
import { runKernel } from "./kernels.ts";
import { withGradient } from "./with-gradient.ts";

/** What a backend's kernels for `attention` are told beside their tensors. */
export interface AttentionAttributes {
  readonly scale: number;
  /** [B], each from 1 to S; `undefined` where every row has S keys. */
  readonly lengths: Int32Array | undefined;
}

/**
 * `composedAttention`, by the kernels of the active backend. The forward kernel gives the context and the weights, the backward kernel
 * the gradients of queries, keys, values and, where there is a vector, what each row of the batch adds to its gradient, [B, A].
 */
export function kernelAttention({
  queries,
  keys,
  values,
  vector,
  mask,
  scale,
  lengths,
}: CheckedAttention): tf.Tensor[] {
  const attributes: AttentionAttributes = { scale, lengths };
  return withGradient({
    inputs: { queries, keys, values, ...(vector && { vector }) },
    forward(save) {
      const [context, weights] = runKernel("attention", { queries, keys, values, vector, mask }, attributes);
      const optional = [vector, mask].filter((tensor) => tensor !== undefined);
      save([queries, keys, values, weights!, ...optional]);
      return [context!, weights!];
    },
    backward([contextGradient, weightsGradient], [savedQueries, savedKeys, savedValues, weights, ...optional]) {
      const savedVector = vector ? optional[0] : undefined;
      const savedMask = mask ? optional.at(-1) : undefined;
      const operands = { queries: savedQueries, keys: savedKeys, values: savedValues, vector: savedVector };
      const [queriesGradient, keysGradient, valuesGradient, vectorGradients] = runKernel(
        "attentionBackward",
        {
          ...operands,
          ...{ mask: savedMask, weights },
          contextGradient: contextGradient ?? tf.zeros([...queries.shape.slice(0, 2), values.shape[2]]),
          weightsGradient: weightsGradient ?? tf.zerosLike(weights!),
        },
        attributes,
      );
      return {
        queries: () => queriesGradient!,
        keys: () => keysGradient!,
        values: () => valuesGradient!,
        vector: () => tf.sum(vectorGradients!, 0),
      };
    },
  });
}
