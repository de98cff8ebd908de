import { recurrent, recurrentReference, type RecurrentKind } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { expectClose } from "../expect-close.ts";
import { readGradients, weightedLoss, withCase, withTensors } from "./recurrent-case.ts";
import { TINY } from "./recurrent-sizes.ts";

/** Rows that know neither each other nor what lies beyond their own length. */
export function lengthsContract(kind: RecurrentKind): void {
  it.each([false, true])("gives a row in a batch what it gives the row alone, isReverse %s", (isReverse) => {
    const lengths = [2, 5, 1];
    withCase(kind, { batchSize: 3, numSteps: 5, inputSize: 2, hiddenSize: 7, lengths, isReverse }, ({ args }) => {
      const all = recurrent(kind, args);
      for (const [row, length] of lengths.entries()) {
        const ofRow = <T extends tf.Tensor>(tensor: T, numSteps?: number): T =>
          tf.slice(tensor, numSteps ? [row, 0] : [row], numSteps ? [1, numSteps] : [1]) as T;
        const state = (from: object) =>
          Object.fromEntries(Object.entries(from).map(([name, tensor]) => [name, ofRow(tensor as tf.Tensor)]));
        const inputs = ofRow(args.inputs, length);
        const initialState = state(args.initialState) as never;
        const alone = recurrent(kind, { inputs, initialState, weights: args.weights, isReverse });
        expectClose(ofRow(all.outputs, length).dataSync(), alone.outputs.dataSync(), { label: `row ${row}` });
        const finalState = alone.finalState as unknown as Record<string, tf.Tensor>;
        for (const [name, tensor] of Object.entries(state(all.finalState))) {
          expectClose(tensor.dataSync(), finalState[name]!.dataSync(), { label: `final ${name} of row ${row}` });
        }
      }
    });
  });

  it("lets nothing of the padding through, neither a NaN nor an id that is none", () => {
    const sizes = { ...TINY, lengths: [1, 3, 2] };
    const padding = [0, 0, 0].flatMap((_, row) => [0, 1, 2].map((t) => t >= sizes.lengths[row]!));
    withCase(kind, sizes, ({ args, coefficients }) => {
      const clean = readGradients(recurrent, kind, { args, coefficients });
      const inputs = args.inputs.dataSync().map((value, i) => (padding[Math.trunc(i / 2)] ? NaN : value));
      const dirty = withTensors(args, { inputs: tf.tensor(inputs, [3, 3, 2]) });
      expect(readGradients(recurrent, kind, { args: dirty, coefficients })).toEqual(clean);
      const ofPadding = clean.gradients["inputs"]!.filter((_, i) => padding[Math.trunc(i / 2)]);
      expect([...ofPadding].every((value) => value === 0)).toBe(true);
    });
    withCase(kind, { ...sizes, isIds: true }, ({ args, coefficients }) => {
      const ids = args.inputs.dataSync().map((id, i) => (padding[i] ? -1 : id));
      const dirty = { ...args, inputs: tf.tensor2d(ids as Int32Array, [3, 3], "int32") };
      expect(readGradients(recurrent, kind, { args: dirty, coefficients })).toEqual(
        readGradients(recurrent, kind, { args, coefficients }),
      );
    });
  });

  it.each([
    { ...TINY, numSteps: 0 },
    { ...TINY, lengths: [0, 0, 0] },
    { ...TINY, lengths: [0, 0, 0], isReverse: true, isIds: true },
    { ...TINY, batchSize: 0 },
  ])("without a step gives zeros and the initial state, of which it can be differentiated: %o", (sizes) => {
    withCase(kind, sizes, ({ args, coefficients }) => {
      for (const op of [recurrent, recurrentReference]) {
        const { outputs, finalState } = op(kind, args);
        expect(outputs.shape).toEqual([sizes.batchSize, sizes.numSteps, 2]);
        expect([...outputs.dataSync()].every((value) => value === 0)).toBe(true);
        expect(finalState.hidden.dataSync()).toEqual(args.initialState.hidden.dataSync());
        const loss = (hidden: tf.Tensor) => weightedLoss(op(kind, withTensors(args, { hidden })), coefficients);
        expect(tf.grad(loss)(args.initialState.hidden).dataSync()).toEqual(coefficients["hidden"]!.dataSync());
      }
    });
  });
}
