import type * as tf from "@tensorflow/tfjs";

/** Trainable variables by name. */
export type Parameters = Readonly<Record<string, tf.Variable>>;

/** The gradient of each parameter that the loss depends on, by the parameter's name. */
export type Gradients = Readonly<Record<string, tf.Tensor>>;

/** What differs from step to step. */
export interface UpdateOptions {
  /** Multiplies each gradient first, which clips them. Default 1. */
  readonly gradientScale?: number;
  /** Multiplies the learning rate of the optimizer: what a schedule says of this step. Default 1. */
  readonly learningRateFactor?: number;
}

/** All that an optimizer remembers. */
export interface OptimizerState {
  /** By the name of the memory, a dot and the name of the parameter, such as `velocity.rnn.weight_ih_l0`. */
  readonly tensors: Readonly<Record<string, tf.Tensor>>;
  /** The steps that each parameter has made, by its name. */
  readonly numSteps: Readonly<Record<string, number>>;
}

/** Moves parameters against their gradients. It owns what it remembers of them, by the parameter's name. */
export interface Optimizer {
  /** Which algorithm it is; a checkpoint of another one is refused. */
  readonly name: string;
  /** The step size that it was made with. */
  readonly learningRate: number;
  /** One step. Changes the parameters; the arguments are borrowed. */
  update(parameters: Parameters, gradients: Gradients, options?: UpdateOptions): void;
  /** What it remembers: the tensors stay its own, and the next `update` changes them. */
  state(): OptimizerState;
  /**
   * Takes over what an optimizer made with the same options remembered; what it remembered itself is freed.
   *
   * @param state borrowed.
   * @throws RangeError when a tensor is missing.
   */
  restore(state: OptimizerState): void;
  /** Frees what it remembers; after that it starts afresh. */
  dispose(): void;
}
