import * as tf from "@tensorflow/tfjs";

/** Hands tensors of the forward pass on to the backward pass; TensorFlow.js frees them after it. Call it once. */
type Save = (tensors: tf.Tensor[]) => void;

interface DifferentiableOp {
  /** The tensors to differentiate with respect to. */
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  /** Runs in a tidy, unrecorded. */
  readonly forward: (save: Save) => tf.Tensor[];
  /**
   * From the gradients of the outputs (zeros where the loss does not depend on one), a thunk for each input; only those of
   * the inputs that matter are called. No two may return the same tensor: TensorFlow.js disposes what it adds up.
   */
  readonly backward: (outputGradients: tf.Tensor[], saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
}

/**
 * Runs an operation of several outputs with a gradient of its own. `tf.customGrad` allows one output, takes its inputs by
 * position and computes every gradient; the engine function under it does better, and is private in the types alone.
 */
export function withGradient({ inputs, forward, backward }: DifferentiableOp): tf.Tensor[] {
  return engine().runKernelFunc({
    inputs,
    attrs: {},
    forwardFunc: (_backend, save) => forward(save),
    // The engine unwraps the gradient of a single output.
    backwardsFunc: (gradients, saved) => backward(Array.isArray(gradients) ? gradients : [gradients], saved),
  });
}

function engine(): {
  runKernelFunc(invocation: {
    inputs: Readonly<Record<string, tf.Tensor>>;
    attrs: object;
    forwardFunc: (backend: unknown, save: Save) => tf.Tensor[];
    backwardsFunc: (gradients: tf.Tensor | tf.Tensor[], saved: tf.Tensor[]) => Record<string, () => tf.Tensor>;
  }): tf.Tensor[];
} {
  return tf.engine() as never;
}
