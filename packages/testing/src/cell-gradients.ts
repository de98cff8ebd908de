import type { Cell, CellState, Unrolled } from "@rnnkit/cells";
import { mapState } from "@rnnkit/cells";
import * as tf from "@tensorflow/tfjs";
import { expectClose } from "./expect-close.ts";

/** The gradients of the inputs and of each parameter, for a loss that sees every output and every tensor of the state. */
export function gradientsOf<State extends CellState>(
  cell: Cell<State>,
  inputs: tf.Tensor3D,
  run: (inputs: tf.Tensor3D) => Unrolled<State>,
): Record<string, Float32Array> {
  const loss = (x: tf.Tensor) => {
    const { outputs, state } = run(x as tf.Tensor3D);
    const terms = [outputs, ...tensorsOf(state)].map((tensor) => {
      return tf.sum(tf.mul(tensor, tf.reshape(tf.cos(tf.range(0, tensor.size)), tensor.shape)));
    });
    return tf.addN(terms) as tf.Scalar;
  };
  const { grads } = tf.variableGrads(() => loss(inputs), Object.values(cell.parameters));
  const named = Object.entries(cell.parameters).map(([name, variable]) => [name, grads[variable.name]!] as const);
  const all = { ...Object.fromEntries(named), inputs: tf.grad(loss)(inputs) };
  return Object.fromEntries(Object.entries(all).map(([name, tensor]) => [name, tensor.dataSync() as Float32Array]));
}

/** Compares two states tensor by tensor. */
export function expectSame(actual: CellState, expected: CellState): void {
  for (const [i, tensor] of tensorsOf(expected).entries()) {
    expectClose(tensorsOf(actual)[i]!.dataSync(), tensor.dataSync(), { label: `tensor ${i} of the state` });
  }
}

/** The tensors of a state in a list. */
export function tensorsOf(state: CellState): tf.Tensor[] {
  const tensors: tf.Tensor[] = [];
  mapState(state, (tensor) => {
    tensors.push(tensor);
    return tensor;
  });
  return tensors;
}
