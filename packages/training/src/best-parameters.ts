import * as tf from "@tensorflow/tfjs";
import type { Parameters } from "./optimizer.ts";

/** Where the best parameters come from. */
export interface BestScore {
  /** The number of steps done then, from 1. */
  readonly step: number;
  /** The validation loss. */
  readonly meanLoss: number;
}

/**
 * Owns a copy of the parameters that had the lowest validation loss. The caller makes it, hands it to `train`, takes the best
 * parameters back with `restore`, and disposes it.
 */
export class BestParameters {
  #score: BestScore | undefined;
  #tensors: Readonly<Record<string, tf.Tensor>> = {};

  /** `undefined` before the first validation. */
  get score(): BestScore | undefined {
    return this.#score;
  }

  /** The copies; they stay its own. */
  get tensors(): Readonly<Record<string, tf.Tensor>> {
    return this.#tensors;
  }

  /** Replaces what was kept by a copy of `tensors`, which are borrowed. */
  keep(tensors: Readonly<Record<string, tf.Tensor>>, score: BestScore): void {
    const copies = Object.entries(tensors).map(([name, tensor]) => [name, tf.keep(tf.clone(tensor))] as const);
    this.dispose();
    this.#tensors = Object.fromEntries(copies);
    this.#score = score;
  }

  /**
   * Gives the parameters their best values.
   *
   * @param parameters those that were trained; changed.
   * @throws Error when nothing was kept.
   */
  restore(parameters: Parameters): void {
    if (!this.#score) throw new Error("BestParameters.restore: no validation has been made");
    for (const [name, variable] of Object.entries(parameters)) variable.assign(this.#tensors[name]!);
  }

  /** Frees the copy; after that it is empty. */
  dispose(): void {
    tf.dispose(this.#tensors as tf.NamedTensorMap);
    this.#tensors = {};
    this.#score = undefined;
  }
}
