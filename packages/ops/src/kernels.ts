import * as tf from "@tensorflow/tfjs";

/**
 * The fused kernels that a backend may register, by TensorFlow.js's name of each; where one is missing, the operation is composed of
 * ordinary ones. What they take and give stands where they are called.
 */
export const KERNELS = {
  /** kernel-recurrent.ts */
  recurrent: "RnnkitRecurrent",
  recurrentBackward: "RnnkitRecurrentBackward",
  recurrentGradient: "RnnkitRecurrentGradient",
  /** affine.ts: inputs·weightᵀ + bias; a backend that has it multiplies transposed operands as fast as others. */
  affine: "RnnkitAffine",
  /** embedding-lookup.ts */
  embeddingLookup: "RnnkitEmbeddingLookup",
  embeddingGradient: "RnnkitEmbeddingGradient",
  /** softmax-cross-entropy.ts */
  softmaxCrossEntropy: "RnnkitSoftmaxCrossEntropy",
  /** linear-cross-entropy.ts */
  linearCrossEntropy: "RnnkitLinearCrossEntropy",
  linearCrossEntropyGradient: "RnnkitLinearCrossEntropyGradient",
  /** global-norm.ts: of any number of tensors. */
  globalNorm: "RnnkitGlobalNorm",
  /** optimizer-update.ts: of target i the parameter is 4·i, then come gradient, first and second; changes all but the gradients, gives nothing. */
  optimizerUpdate: "RnnkitOptimizerUpdate",
  /** decoding-state.ts: called directly, and gives `DecodingRows`, no tensors. */
  decodingRows: "RnnkitDecodingRows",
  /** kernel-attention.ts */
  attention: "RnnkitAttention",
  attentionBackward: "RnnkitAttentionBackward",
  /** kernel-attending.ts; a backend that has them has those of `recurrent`. */
  attending: "RnnkitAttending",
  attendingBackward: "RnnkitAttendingBackward",
} as const;

/** Whether the active backend has a fused kernel. */
export function hasKernel(name: keyof typeof KERNELS): boolean {
  return tf.getKernel(KERNELS[name], tf.getBackend()) != null;
}

/** Runs a fused kernel of the active backend, on the tensors that are there. */
export function runKernel(
  name: keyof typeof KERNELS,
  inputs: Readonly<Record<string, tf.Tensor | undefined>>,
  attributes: object,
): tf.Tensor[] {
  // TensorFlow.js takes no absent input.
  const present: Record<string, tf.Tensor> = {};
  for (const input of Object.keys(inputs)) if (inputs[input]) present[input] = inputs[input];
  const outputs = tf.engine().runKernel(KERNELS[name], present, attributes as tf.NamedAttrMap);
  return Array.isArray(outputs) ? outputs : [outputs];
}
