import type * as tf from "@tensorflow/tfjs";
import type { CellState } from "./cell.ts";
import { mapState } from "./map-state.ts";

/** The tensors of a state in a list, and the way back from such a list. */
export function flattenState<State extends CellState>(
  state: State,
): { tensors: tf.Tensor[]; rebuild: (tensors: readonly tf.Tensor[]) => State } {
  const tensors: tf.Tensor[] = [];
  mapState(state, (tensor) => {
    tensors.push(tensor);
    return tensor;
  });
  const rebuild = (others: readonly tf.Tensor[]): State => {
    let i = 0;
    return mapState(state, () => others[i++]!);
  };
  return { tensors, rebuild };
}
