import type { Cell, CellState } from "@rnnkit/cells";
import { mapState, unroll } from "@rnnkit/cells";
import { timeStep } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";

/**
 * The promises of a `Cell`, to be run on every implementation.
 *
 * @param name what the suite is called.
 * @param makeCell makes a new cell with parameters that are not all zero; the suite disposes it.
 */
export function cellContract<State extends CellState>(name: string, makeCell: () => Cell<State>): void {
  const withCell = (body: (cell: Cell<State>) => void) => () => {
    const cell = makeCell();
    try {
      tf.tidy(() => body(cell));
    } finally {
      cell.dispose();
    }
  };
  const inputsOf = (cell: Cell<State>, batchSize: number, numSteps: number) =>
    tf.tidy(() =>
      tf.reshape<tf.Rank.R3>(tf.sin(tf.range(0, batchSize * numSteps * cell.inputSize)), [
        batchSize,
        numSteps,
        cell.inputSize,
      ]),
    );
  const rows = (tensor: tf.Tensor, indices: number[]) => tf.gather(tensor, tf.tensor1d(indices, "int32"));

  describe(`${name} keeps the contract of a cell`, () => {
    it(
      "zeroState(B) is all zeros with B rows",
      withCell((cell) => {
        for (const tensor of tensorsOf(cell.zeroState(3))) {
          expect(tensor.shape[0]).toBe(3);
          expect(Array.from(tensor.dataSync()).every((value) => value === 0)).toBe(true);
        }
      }),
    );

    it(
      "output(state) is a tensor [B, H] of the state itself",
      withCell((cell) => {
        const state = cell.step(timeStep(inputsOf(cell, 3, 1), 0), cell.zeroState(3));
        const output = cell.output(state);
        expect(output.shape).toEqual([3, cell.outputSize]);
        expect(tensorsOf(state)).toContain(output);
      }),
    );

    it(
      "unroll(inputs, state) equals step after step",
      withCell((cell) => {
        const inputs = inputsOf(cell, 3, 4);
        let state = cell.zeroState(3);
        const outputs = tf.unstack(inputs, 1).map((input) => {
          state = cell.step(input as tf.Tensor2D, state);
          return cell.output(state);
        });
        const unrolled = unroll(cell, inputs, cell.zeroState(3));
        expect(unrolled.outputs.shape).toEqual([3, 4, cell.outputSize]);
        expectClose(unrolled.outputs.dataSync(), tf.stack(outputs, 1).dataSync(), { label: "outputs" });
        for (const [i, tensor] of tensorsOf(unrolled.state).entries()) {
          expectClose(tensor.dataSync(), tensorsOf(state)[i]!.dataSync(), { label: `tensor ${i} of the state` });
        }
      }),
    );

    it(
      "unroll in two halves equals unroll at once",
      withCell((cell) => {
        const inputs = inputsOf(cell, 2, 6);
        const whole = unroll(cell, inputs, cell.zeroState(2));
        const [first, second] = tf.split(inputs, 2, 1) as [tf.Tensor3D, tf.Tensor3D];
        const half = unroll(cell, first, cell.zeroState(2));
        const rest = unroll(cell, second, half.state);
        expectClose(tf.concat([half.outputs, rest.outputs], 1).dataSync(), whole.outputs.dataSync());
      }),
    );

    it(
      "unroll of no steps gives the state it was given",
      withCell((cell) => {
        const state = mapState(cell.zeroState(2), (tensor) => tf.add(tensor, 0.5));
        const unrolled = unroll(cell, inputsOf(cell, 2, 0), state);
        expect(unrolled.outputs.shape).toEqual([2, 0, cell.outputSize]);
        for (const tensor of tensorsOf(unrolled.state)) {
          expect(Array.from(tensor.dataSync()).every((value) => value === 0.5)).toBe(true);
        }
      }),
    );

    it(
      "rows of a batch do not know each other",
      withCell((cell) => {
        const inputs = inputsOf(cell, 3, 3);
        const all = unroll(cell, inputs, cell.zeroState(3));
        const some = unroll(cell, rows(inputs, [2, 0]) as tf.Tensor3D, cell.zeroState(2));
        expectClose(some.outputs.dataSync(), rows(all.outputs, [2, 0]).dataSync());
      }),
    );

    it(
      "the arguments stay the caller's, and nothing but the results is left",
      withCell((cell) => {
        const inputs = inputsOf(cell, 2, 3);
        const state = cell.zeroState(2);
        const step = timeStep(inputs, 0);
        const size = tensorsOf(state).length;
        const before = tf.memory().numTensors;
        cell.step(step, state);
        unroll(cell, inputs, state);
        expect(tf.memory().numTensors - before).toBe(2 * size + 1);
        expect(tensorsOf(state).some((tensor) => tensor.isDisposed)).toBe(false);
        expect(inputs.isDisposed).toBe(false);
      }),
    );

    it(
      "every parameter gets a gradient",
      withCell((cell) => {
        const variables = Object.values(cell.parameters);
        const inputs = inputsOf(cell, 2, 3);
        const { grads } = tf.variableGrads(() => {
          const { outputs } = unroll(cell, inputs, cell.zeroState(2));
          return tf.sum(tf.square(outputs)) as tf.Scalar;
        }, variables);
        for (const [parameter, variable] of Object.entries(cell.parameters)) {
          const gradient = grads[variable.name];
          expect(gradient?.shape, parameter).toEqual(variable.shape);
          expect(tf.max(tf.abs(gradient!)).dataSync()[0], parameter).toBeGreaterThan(0);
        }
      }),
    );

    it(
      "refuses inputs of another width",
      withCell((cell) => {
        expect(() => cell.step(tf.zeros([2, cell.inputSize + 1]), cell.zeroState(2))).toThrow(/must have shape/);
        expect(() => unroll(cell, tf.zeros([2, 1, cell.inputSize + 1]), cell.zeroState(2))).toThrow(/must have shape/);
      }),
    );

    it("dispose() frees the parameters, twice does no harm, and use after it throws", () => {
      const before = tf.memory().numTensors;
      const cell = makeCell();
      cell.dispose();
      cell.dispose();
      expect(tf.memory().numTensors).toBe(before);
      const step = () => tf.tidy(() => void cell.step(tf.zeros([1, cell.inputSize]), cell.zeroState(1)));
      expect(step).toThrow(/already disposed/);
    });
  });
}

function tensorsOf(state: CellState): tf.Tensor[] {
  const tensors: tf.Tensor[] = [];
  mapState(state, (tensor) => {
    tensors.push(tensor);
    return tensor;
  });
  return tensors;
}
