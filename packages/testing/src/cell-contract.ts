import type { Cell, CellState, SequenceInputs } from "@rnnkit/cells";
import { mapState, unroll } from "@rnnkit/cells";
import { oneHot, timeStep } from "@rnnkit/ops";
import { xoshiro128 } from "@rnnkit/random";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { expectSame, gradientsOf, tensorsOf } from "./cell-gradients.ts";
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
      "step(inputs, state) gives an output [B, H] and a state of the form it was given",
      withCell((cell) => {
        const begin = cell.zeroState(3);
        const { output, state } = cell.step(timeStep(inputsOf(cell, 3, 1), 0), begin);
        expect(output.shape).toEqual([3, cell.outputSize]);
        expect(tensorsOf(state).map(({ shape }) => shape)).toEqual(tensorsOf(begin).map(({ shape }) => shape));
      }),
    );

    it.each([false, true])(
      "unroll(cell, inputs) equals step after step in values and gradients, isTraining %s",
      (isTraining) => {
        withCell((cell) => {
          const inputs = inputsOf(cell, 3, 4);
          const whole = (x: tf.Tensor3D) => unroll(cell, x, { isTraining, generator: xoshiro128(9) });
          const noise = isTraining ? cell.drawNoise?.(xoshiro128(9), { batchSize: 3, numSteps: 4 }) : undefined;
          const stepwise = (x: tf.Tensor3D) => {
            let state = cell.zeroState(3);
            const outputs = Array.from({ length: 4 }, (_, t) => {
              const masks =
                noise && mapState(noise, (mask) => timeStep(mask as tf.Tensor3D, mask.shape[1] === 1 ? 0 : t));
              const step = cell.step(timeStep(x, t), state, masks);
              state = step.state;
              return step.output;
            });
            return { outputs: tf.stack(outputs, 1) as tf.Tensor3D, state };
          };
          const [actual, expected] = [whole(inputs), stepwise(inputs)];
          expectClose(actual.outputs.dataSync(), expected.outputs.dataSync(), { label: "outputs" });
          expectSame(actual.state, expected.state);
          const [actualGradients, expectedGradients] = [whole, stepwise].map((run) => gradientsOf(cell, inputs, run));
          for (const [parameter, values] of Object.entries(expectedGradients!)) {
            expectClose(actualGradients![parameter]!, values, { tolerance: 1e-4, label: `gradient of ${parameter}` });
          }
        })();
      },
    );

    it.each([false, true])(
      "unroll(cell, inputs, {lengths, isReverse: %s}) gives each row what it gets alone",
      (isReverse) => {
        withCell((cell) => {
          const inputs = inputsOf(cell, 3, 4);
          const lengths = [2, 4, 1];
          const initialState = mapState(cell.zeroState(3), (tensor) => tf.add(tensor, 0.25));
          const all = unroll(cell, inputs, { initialState, lengths, isReverse });
          for (const [row, length] of lengths.entries()) {
            const one = tf.slice(inputs, [row, 0, 0], [1, length, cell.inputSize]);
            const steps = tf.unstack(one, 1) as tf.Tensor2D[];
            let state = mapState(initialState, (tensor) => rows(tensor, [row]));
            const outputs = (isReverse ? steps.reverse() : steps).map((input) => {
              const step = cell.step(input, state);
              state = step.state;
              return step.output;
            });
            const expected = tf.stack(isReverse ? outputs.reverse() : outputs, 1).dataSync();
            const padding = Array.from({ length: (4 - length) * cell.outputSize }, () => 0);
            expectClose(rows(all.outputs, [row]).dataSync(), [...expected, ...padding], {
              label: `outputs of row ${row}`,
            });
            expectSame(
              mapState(all.state, (tensor) => rows(tensor, [row])),
              state,
            );
          }
        })();
      },
    );

    it(
      "unroll(cell, ids) equals unroll of their one-hot rows, in training too",
      withCell((cell) => {
        const ids = tf.tensor2d(
          [0, 1, 2, 2, 1, 0].map((id) => id % cell.inputSize),
          [2, 3],
          "int32",
        );
        const rowsOf = oneHot(ids, cell.inputSize) as tf.Tensor3D;
        for (const isTraining of [false, true]) {
          const [actual, expected] = [ids, rowsOf].map((inputs) =>
            unroll(cell, inputs as SequenceInputs, { isTraining, generator: xoshiro128(3) }),
          );
          expectClose(actual!.outputs.dataSync(), expected!.outputs.dataSync());
          expectSame(actual!.state, expected!.state);
        }
      }),
    );

    it(
      "unroll in two halves equals unroll at once",
      withCell((cell) => {
        const inputs = inputsOf(cell, 2, 6);
        const whole = unroll(cell, inputs);
        const [first, second] = tf.split(inputs, 2, 1) as [tf.Tensor3D, tf.Tensor3D];
        const half = unroll(cell, first);
        const rest = unroll(cell, second, { initialState: half.state });
        expectClose(tf.concat([half.outputs, rest.outputs], 1).dataSync(), whole.outputs.dataSync());
      }),
    );

    it(
      "unroll of no steps gives the state it was given",
      withCell((cell) => {
        const state = mapState(cell.zeroState(2), (tensor) => tf.add(tensor, 0.5));
        const unrolled = unroll(cell, inputsOf(cell, 2, 0), { initialState: state });
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
        const all = unroll(cell, inputs);
        const some = unroll(cell, rows(inputs, [2, 0]) as tf.Tensor3D);
        expectClose(some.outputs.dataSync(), rows(all.outputs, [2, 0]).dataSync());
      }),
    );

    it(
      "the arguments stay the caller's, and nothing but the results is left",
      withCell((cell) => {
        const inputs = inputsOf(cell, 2, 3);
        const state = cell.zeroState(2);
        const step = timeStep(inputs, 0);
        const before = tf.memory().numTensors;
        const one = cell.step(step, state);
        const all = unroll(cell, inputs, { initialState: state });
        const results = new Set([one.output, ...tensorsOf(one.state), all.outputs, ...tensorsOf(all.state)]);
        expect(tf.memory().numTensors - before).toBe(results.size);
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
          const { outputs } = unroll(cell, inputs);
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
        expect(() => unroll(cell, tf.zeros<tf.Rank.R3>([2, 1, cell.inputSize + 1]))).toThrow(/must have shape/);
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
