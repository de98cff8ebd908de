import { attendingRecurrent, attendingReference, type AttendingArguments, type RecurrentKind } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { describeOnBackend } from "../describe-on-backend.ts";
import { expectClose } from "../expect-close.ts";
import { centralDifferences, type PlainTensors } from "../recurrent/plain-recurrent.ts";
import {
  attendingArguments,
  factor,
  namedResults,
  operands,
  readAttending,
  type AttendingSizes,
} from "./attending-case.ts";
import { plainWeightedSum } from "./plain-attending.ts";

const SMALL: AttendingSizes = {
  ...{ kind: "gru", numLayers: 2, batchSize: 2, numSteps: 3, numKeys: 4 },
  ...{ inputSize: 2, hiddenSize: 5, width: 5, valueWidth: 3 },
};
/** d2l's, but for its sizes. */
const BOOK: AttendingSizes = { ...SMALL, isProjected: true, isAdditive: true, lengths: [4, 1], hasMasks: true };

const CASES: readonly AttendingSizes[] = [
  SMALL,
  BOOK,
  { ...BOOK, kind: "lstm", width: 6 },
  { ...BOOK, kind: "rnn-tanh", numLayers: 3, hasBias: false },
  { ...SMALL, kind: "rnn-relu", numLayers: 1, scale: 0.25, lengths: [2, 3] },
  { ...SMALL, kind: "lstm", scale: 0.5, hasMasks: true },
  { ...SMALL, numSteps: 1, isAdditive: true },
  { ...BOOK, ...{ batchSize: 1, numKeys: 1, inputSize: 1, hiddenSize: 1, width: 1, valueWidth: 1 }, lengths: [1] },
  { ...BOOK, ...{ numLayers: 1, batchSize: 5, hiddenSize: 8, width: 8, valueWidth: 8 }, lengths: [4, 3, 2, 1, 4] },
  {
    ...BOOK,
    ...{ kind: "rnn-tanh", batchSize: 5, hiddenSize: 9, width: 10, valueWidth: 13 },
    lengths: [4, 3, 2, 1, 4],
  },
];

type Arguments = AttendingArguments<RecurrentKind>;

/**
 * What `attendingRecurrent` of `@rnnkit/ops` must do on a backend: the values and gradients of `attendingReference` there and of plain
 * float64 arithmetic, lengths, and the ownership of tensors.
 *
 * @param backend a name that TensorFlow.js knows; it is set for the suite, and the one before it afterwards.
 */
export function attendingContract(backend: string): void {
  describeOnBackend("attendingRecurrent(kind, args)", backend, () => {
    it.each(CASES)("equals attendingReference and float64 arithmetic in values and gradients: %o", (sizes) => {
      withArguments(sizes, (args) => {
        const actual = readAttending(attendingRecurrent, sizes.kind, args);
        for (const [name, values] of Object.entries(readAttending(attendingReference, sizes.kind, args))) {
          expectClose(actual[name]!, values, { label: name, tolerance: 2e-5 });
        }
        const plain = Object.fromEntries(
          Object.entries(operands(args)).map(([name, tensor]) => [name, Float64Array.from(tensor.dataSync())]),
        );
        const masks = { mask: args.mask?.dataSync(), between: args.between?.map((tensor) => tensor.dataSync()) };
        const loss = (tensors: PlainTensors) => plainWeightedSum(sizes, masks, tensors);
        let sum = 0;
        for (const [name, values] of Object.entries(actual)) {
          if (!name.startsWith("d ")) for (const [i, value] of values.entries()) sum += value * factor(i);
        }
        expectClose([sum], [loss(plain)], { label: "weighted sum" });
        for (const [name, values] of Object.entries(centralDifferences(loss, plain))) {
          expectClose(actual[`d ${name}`]!, values, { label: `d ${name}`, tolerance: 2e-5 });
        }
      });
    });

    it("gives the same where no gradient is wanted", () => {
      withArguments(BOOK, (args) => {
        const expected = readAttending(attendingRecurrent, BOOK.kind, args);
        for (const [name, tensor] of Object.entries(namedResults(attendingRecurrent(BOOK.kind, args)))) {
          expectClose(tensor.dataSync(), expected[name]!, { label: name });
        }
      });
    });

    it.each([true, false])("lets nothing beyond a row's length through, not even a NaN; additive %s", (isAdditive) => {
      const sizes = { ...SMALL, isAdditive, lengths: [2, 3] };
      withArguments(sizes, (args) => {
        const spoilt = (tensor: tf.Tensor3D) => {
          const values = tensor.dataSync().slice();
          const width = tensor.shape[2];
          for (const [row, length] of sizes.lengths.entries()) {
            values.fill(Number.NaN, (row * sizes.numKeys + length) * width, (row + 1) * sizes.numKeys * width);
          }
          return tf.tensor3d(values, tensor.shape);
        };
        const clean = readAttending(attendingRecurrent, sizes.kind, args);
        const changed = { keys: spoilt(args.keys), values: spoilt(args.values) };
        const dirty = readAttending(attendingRecurrent, sizes.kind, { ...args, ...changed });
        for (const [name, values] of Object.entries(clean)) expectClose(dirty[name]!, values, { label: name });
        const beyond = Array.from(clean["weights"]!).filter((_, i) => i % 4 >= sizes.lengths[i < 12 ? 0 : 1]!);
        expect(beyond.every((weight) => weight === 0)).toBe(true);
      });
    });

    it.each(["gru", "lstm"] as const)("leaves its arguments, and no tensor but its results: %s", (kind) => {
      withArguments({ ...BOOK, kind }, (args) => {
        const numTensors = tf.memory().numTensors;
        const results = Object.values(namedResults(attendingRecurrent(kind, args)));
        expect(tf.memory().numTensors - numTensors).toBe(kind === "lstm" ? 6 : 4);
        tf.dispose(results);
        readAttending(attendingRecurrent, kind, args);
        expect(tf.memory().numTensors).toBe(numTensors);
        expect(Object.values(operands(args)).some((tensor) => tensor.isDisposed)).toBe(false);
      });
    });

    it.each<[string, Partial<Arguments>, string]>([
      ["a length of 0", { lengths: [0, 4] }, "lengths must be integers from 1 to 4, got 0 for row 0"],
      ["a scale beside a vector", { scale: 2 }, "scale must be left out of an additive score, got 2"],
      ["no layer", { layers: [] }, "layers must be at least one, got none"],
      ["states for other layers", { initialState: [] }, "initialState must be 2, one a layer, got 0"],
      ["masks for other layers", { between: [] }, "between must be 1, one for each layer but the top one, got 0"],
    ])("refuses %s", (_, change, message) => {
      withArguments(BOOK, (args) => {
        expect(() => attendingRecurrent("gru", { ...args, ...change })).toThrow(`attendingRecurrent: ${message}`);
      });
    });

    it("refuses shapes that do not fit", () => {
      withArguments(BOOK, (args) => {
        const other = (name: keyof Arguments, tensor: tf.Tensor) => () =>
          attendingRecurrent("gru", { ...args, [name]: tensor });
        expect(other("inputs", tf.zeros([2, 3, 3]))).toThrow("layers[0].inputWeight must have shape [G·H, I=6]");
        expect(other("inputs", tf.zeros([2, 0, 2]))).toThrow("inputs must have at least one step, got none");
        expect(other("queryWeight", tf.zeros([5, 4]))).toThrow("queryWeight must have shape [A, H=5]");
        expect(other("keys", tf.zeros([2, 4, 6]))).toThrow("keys must have shape [B=2, S, A=5]");
        expect(other("values", tf.zeros([2, 4, 4]))).toThrow("layers[0].inputWeight must have shape [G·H, I=6]");
        expect(() => attendingRecurrent("gru", { ...args, between: [tf.zeros([2, 3, 4])] })).toThrow(
          "between must have shape [B=2, T=3, H=5]",
        );
      });
    });
  });
}

function withArguments(sizes: AttendingSizes, body: (args: Arguments) => void): void {
  tf.tidy(() => body(attendingArguments(sizes)));
}
