import * as tf from "@tensorflow/tfjs";
import type { State } from "./loss.ts";

/** Owns the state between two batches: it outlives the tidy that made it, and is freed when the next one replaces it. */
export class CarriedState<S extends State> {
  #state: S | null = null;

  /** What the batch before left. */
  get current(): S | null {
    return this.#state;
  }

  /** The state to begin a batch with. */
  before({ isContinuation }: { readonly isContinuation: boolean }): S | null {
    return isContinuation ? this.#state : null;
  }

  /** Keeps a copy of `state`, which shares its data, and frees the one before. */
  replace(state: S): void {
    const kept = keep(state) as S;
    this.dispose();
    this.#state = kept;
  }

  dispose(): void {
    tf.dispose(this.#state as tf.TensorContainer);
    this.#state = null;
  }
}

function keep(state: State): State {
  if (state instanceof tf.Tensor) return tf.keep(tf.clone(state));
  if (Array.isArray(state)) return state.map(keep);
  return Object.fromEntries(Object.entries(state).map(([name, part]) => [name, keep(part)]));
}
