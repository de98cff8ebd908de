import type * as tf from "@tensorflow/tfjs";

/** Trainable variables by name. */
export type Parameters = Readonly<Record<string, tf.Variable>>;

/** The gradient of each parameter that the loss depends on, by the parameter's name. */
export type Gradients = Readonly<Record<string, tf.Tensor>>;

/** Moves parameters against their gradients. It owns what it remembers of them, by the parameter's name. */
export interface Optimizer {
  /**
   * One step. Changes the parameters; the arguments are borrowed.
   *
   * @param options gradientScale multiplies each gradient first, which clips them; default 1.
   */
  update(parameters: Parameters, gradients: Gradients, options?: { readonly gradientScale?: number }): void;
  /** Frees what it remembers; after that it starts afresh. */
  dispose(): void;
}

/** Throws unless `value` is a number from `low` to below `high`. */
export function checkHyperparameter(argument: string, value: number, [low, high]: readonly [number, number]): void {
  if (!(value >= low && value < high)) {
    throw new RangeError(`${argument} must be at least ${low} and below ${high}, got ${value}`);
  }
}
