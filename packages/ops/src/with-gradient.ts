import * as tf from "@tensorflow/tfjs";

/**
 * Hands tensors of the forward pass on to the backward pass; TensorFlow.js frees them after it. Call it once.
 *
 * @param borrowed such as arguments and results: clones are handed on, through which a second derivative finds its way to them.
 * @param made tensors of the operation's own, which it does not return: they themselves are handed on.
 */
type Save = (borrowed: readonly tf.Tensor[], made?: readonly tf.Tensor[]) => void;

interface DifferentiableOp {
  /** The tensors to differentiate with respect to. */
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  /** Runs in a tidy, unrecorded. */
  readonly forward: (save: Save) => tf.Tensor[];
  /**
   * From the gradients of the outputs (`undefined` where the loss does not depend on one), a thunk for each input that is wanted, or for
   * more, which are not called. No two may return the same tensor: TensorFlow.js disposes what it adds up.
   *
   * @param isWanted whether the loss is differentiated by something that the input depends on.
   */
  readonly backward: (
    outputGradients: readonly (tf.Tensor | undefined)[],
    saved: readonly tf.Tensor[],
    isWanted: (input: string) => boolean,
  ) => Record<string, () => tf.Tensor>;
}

/**
 * Runs an operation of several outputs with a gradient of its own. `tf.customGrad` allows one output, takes its inputs by
 * position and computes every gradient; the engine under it does better, and is private in the types alone. It would make zeros where an
 * output has no gradient, clone whatever is saved, and not say which gradients are wanted: so the node of the tape is completed here.
 */
export function withGradient({ inputs, forward, backward }: DifferentiableOp): tf.Tensor[] {
  const engine = tf.engine() as unknown as Engine;
  const isRecorded = engine.isTapeOn();
  let saved: tf.Tensor[] = [];
  const save: Save = (borrowed, made = []) => {
    if (isRecorded)
      saved = [...borrowed.map((tensor) => engine.clone(tensor)), ...made].map((tensor) => tf.keep(tensor));
  };
  let outputs: tf.Tensor[];
  try {
    outputs = engine.runKernelFunc({ inputs, attrs: {}, forwardFunc: () => forward(save) });
  } catch (error) {
    tf.dispose(saved);
    throw error;
  }
  if (isRecorded) {
    const node = engine.state.activeTape.at(-1)!;
    node.saved = saved;
    // Called on a copy of the node, of which the inputs that nobody wants a gradient of are gone.
    node.gradient = function (gradients) {
      const present = gradients.map((gradient) => gradient ?? undefined);
      return backward(present, saved, (input) => input in this.inputs);
    };
  }
  return outputs;
}

/** What of TensorFlow.js's engine is used here and private in its types. */
interface Engine {
  isTapeOn(): boolean;
  /** Recorded even where nothing else is. */
  clone(tensor: tf.Tensor): tf.Tensor;
  runKernelFunc(invocation: {
    inputs: Readonly<Record<string, tf.Tensor>>;
    attrs: object;
    forwardFunc: () => tf.Tensor[];
  }): tf.Tensor[];
  readonly state: { readonly activeTape: TapeNode[] };
}

interface TapeNode {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  saved: readonly tf.Tensor[];
  gradient?: (this: TapeNode, gradients: readonly (tf.Tensor | null)[]) => Record<string, () => tf.Tensor>;
}
