import * as tf from "@tensorflow/tfjs";
import type { CellState } from "./cell.ts";

/**
 * A state of the same form with every tensor replaced: rows selected, tensors cloned or kept.
 *
 * @param state borrowed.
 * @param transform called once for each tensor; what it returns belongs to the caller.
 */
export function mapState<State extends CellState>(state: State, transform: (tensor: tf.Tensor) => tf.Tensor): State {
  const map = (part: CellState): CellState => {
    if (part instanceof tf.Tensor) return transform(part);
    if (Array.isArray(part)) return part.map(map);
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, map(inner)]));
  };
  return map(state) as State;
}
