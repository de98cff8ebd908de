import { embeddingLookup, recurrent, softmaxCrossEntropy } from "@rnnkit/ops";
import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reals } from "./op-cases.ts";
import { simdMemory, useSimd } from "./use-simd.ts";

const MEBI = 1 << 20;
useSimd({ numThreads: 2, maxBytes: 8 * MEBI });

let before = { usedBytes: 0, numArrays: 0 };
beforeEach(() => {
  before = simdMemory();
});
afterEach(() => {
  expect(simdMemory(), "what the kernels' memory holds after the error").toEqual(before);
  tf.tidy(() => {
    expect([...tf.matMul(tf.tensor2d([1, 2], [1, 2]), tf.tensor2d([3, 4], [2, 1])).dataSync()]).toEqual([11]);
  });
});

const ids = (values: number[], shape: number[] = [values.length]) => tf.tensor(values, shape, "int32");
const weights = (inputSize: number, hiddenSize: number) => ({
  inputWeight: reals<tf.Rank.R2>([4 * hiddenSize, inputSize]),
  recurrentWeight: reals<tf.Rank.R2>([4 * hiddenSize, hiddenSize], 2),
});
const zeroState = (batchSize: number, hiddenSize: number) => ({
  hidden: tf.zeros<tf.Rank.R2>([batchSize, hiddenSize]),
  cell: tf.zeros<tf.Rank.R2>([batchSize, hiddenSize]),
});
const lstm = (inputs: tf.Tensor, options: object = {}) =>
  recurrent("lstm", {
    inputs: inputs as tf.Tensor3D,
    initialState: zeroState(inputs.shape[0]!, 5),
    weights: weights(3, 5),
    ...options,
  } as never);

const CASES: readonly (readonly [name: string, compute: () => unknown, message: string | RegExp])[] = [
  ["shapes that do not multiply", () => tf.matMul(reals([2, 3]), reals([4, 2])), /matMul.*3 and 4/i],
  ["shapes that do not broadcast", () => tf.add(reals([2, 3]), reals([4])), /broadcast/],
  ["axes that are not there", () => tf.sum(reals([2, 3]), 2), /axis/],
  ["a slice beyond the end", () => tf.slice(reals([2, 3]), [0, 2], [2, 2]), /slice/i],
  ["shapes that cannot be joined", () => tf.concat([reals([2, 3]), reals([3, 2])], 0), /concat2D.*shape/i],
  [
    "a string where numbers are wanted",
    () => tf.exp(tf.tensor1d(["a"]) as never),
    /'x' passed to 'exp' must be numeric/,
  ],
  [
    "a number where a truth value is wanted",
    () => tf.where(reals([3]) as never, 1, 0),
    /'condition' passed to 'where' must be bool/,
  ],
  [
    "ids outside the table of gather",
    () => tf.gather(reals([5, 3]), ids([1, 5])),
    "GatherV2: ids must be from 0 to 4, got 5",
  ],
  [
    "ids outside an embedding",
    () => embeddingLookup(reals<tf.Rank.R2>([5, 3]), ids([1, -1])),
    "embeddingLookup: ids must be from 0 to 4, got -1",
  ],
  [
    "ids outside an embedding, in its gradient",
    () => tf.grad((x) => tf.sum(embeddingLookup(x as tf.Tensor2D, ids([7]))))(reals([5, 3])),
    "embeddingLookup: ids must be from 0 to 4, got 7",
  ],
  [
    "ids that are no integers",
    () => embeddingLookup(reals<tf.Rank.R2>([5, 3]), tf.tensor1d([0.5])),
    "embeddingLookup: ids must be int32, got float32",
  ],
  [
    "ids outside a recurrent layer",
    () => lstm(ids([0, 1, 3], [1, 3])),
    "recurrent: inputs must be ids from 0 to 2, got 3",
  ],
  [
    "targets outside the classes",
    () => softmaxCrossEntropy(reals<tf.Rank.R2>([2, 3]), ids([0, 3]) as tf.Tensor1D),
    "softmaxCrossEntropy: targets must be ids from 0 to 2, got 3",
  ],
  ["lengths beyond the sequence", () => lstm(reals([2, 4, 3]), { lengths: [1, 5] }), /recurrent: lengths.* 4, got 5/],
  ["inputs of another width", () => lstm(reals([2, 4, 2])), /recurrent: inputs must have shape/],
  [
    "a state of another shape",
    () => lstm(reals([2, 4, 3]), { initialState: { hidden: reals([1, 5]), cell: reals([2, 5]) } }),
    /recurrent: .*must have shape/,
  ],
  [
    "NaN among the weights",
    () => lstm(reals([2, 4, 3]), { weights: { ...weights(3, 5), recurrentWeight: tf.fill([20, 5], Number.NaN) } }),
    "recurrent: weights.recurrentWeight must be numbers, got 100 NaN among 100",
  ],
  [
    "an operation that the backend lacks",
    () => tf.engine().runKernel("NoSuchOperation", {}),
    /NoSuchOperation.*rnnkit-simd/,
  ],
];

describe("an error on the rnnkit-simd backend", () => {
  it.each(CASES)("names operation and argument, and leaves nothing behind: %s", (_, compute, message) => {
    expect(() => tf.tidy(() => void compute())).toThrow(message);
    // Also with a tape, for which results are kept.
    expect(() =>
      tf.tidy(() => void tf.variableGrads(() => (compute(), tf.scalar(0)), [tf.variable(tf.scalar(0))])),
    ).toThrow(message);
    tf.disposeVariables();
  });

  it.each<[string, () => unknown, string]>([
    ["an elementwise one", () => tf.add(reals([MEBI]), reals([MEBI], 2)), "Add"],
    ["a product", () => tf.matMul(reals([600, 600]), reals([600, 1000])), "BatchMatMul"],
    ["a split", () => tf.split(reals([8, MEBI / 8]), 8), "SplitV"],
    ["many sums", () => tf.addN([reals([MEBI / 2]), reals([MEBI / 2], 2), reals([MEBI / 2], 3)]), "AddN"],
    ["a joint", () => tf.concat([reals([MEBI / 2]), reals([MEBI / 2]), reals([MEBI / 2])]), "Concat"],
    [
      "a loss",
      () => softmaxCrossEntropy(reals<tf.Rank.R2>([1024, 1024]), tf.zeros([1024], "int32")),
      "softmaxCrossEntropy",
    ],
    [
      "a recurrent layer",
      () =>
        recurrent("lstm", {
          inputs: reals<tf.Rank.R3>([16, 500, 8]),
          initialState: zeroState(16, 128),
          weights: weights(8, 128),
        }),
      "recurrent",
    ],
  ])("says which operation wanted how much when memory is exhausted: %s", (_, compute, operation) => {
    const isMemoryError = new RegExp(
      `^${operation}.*: memory must hold \\d+ more bytes, and has \\d+ of at most ${8 * MEBI} in use`,
    );
    const attempt = () => tf.tidy(() => void compute());
    expect(attempt).toThrow(isMemoryError);
    expect(attempt).toThrow(RangeError);
  });
});
