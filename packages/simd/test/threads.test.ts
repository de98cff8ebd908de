import { expectClose } from "@rnnkit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createSimd,
  matMul,
  recurrentBackward,
  recurrentGradient,
  reduceAxis,
  scatterRows,
  crossEntropyRows,
  euclideanNorm,
  mapElements,
  type RecurrentOperand,
  type Simd,
} from "../src/index.ts";
import { forward } from "./forward.ts";
import { floats, ints, reals, scoped, splitting, unwritten } from "./arrays.ts";

const OPERANDS: readonly RecurrentOperand[] = [
  "inputs",
  "hidden",
  "cell",
  "inputWeight",
  "recurrentWeight",
  "inputBias",
  "recurrentBias",
];
const NUM_GATES = { "rnn-tanh": 1, "rnn-relu": 1, gru: 3, lstm: 4 } as const;

/**
 * Forward, and, where it is differentiable, backward and all gradients of a layer with lengths, whose sizes fit nothing. A layer of few
 * units is split by groups of rows, one of many and few rows by units.
 */
function recurrentResults(
  simd: Simd,
  kind: keyof typeof NUM_GATES,
  { hiddenSize = 19, batchSize: numRows = 11, isDifferentiable = true, hasIds = false } = {},
): number[][] {
  const sizes = { batchSize: numRows, numSteps: 5, inputSize: 7, hiddenSize };
  const { batchSize, numSteps, inputSize } = sizes;
  const rows = NUM_GATES[kind] * hiddenSize;
  return scoped(simd, (scope) => {
    const states = (seed: number) =>
      Array.from({ length: kind === "lstm" ? 2 : 1 }, (_, i) => floats(scope, reals(batchSize * hiddenSize, seed + i)));
    const parameters = {
      inputWeight: floats(scope, reals(rows * inputSize, 1)),
      // As small as they begin: sums of many large terms make a net chaotic.
      recurrentWeight: floats(
        scope,
        reals(rows * hiddenSize, 2).map((value) => value / Math.sqrt(hiddenSize)),
      ),
      inputBias: floats(scope, reals(rows, 3)),
      recurrentBias: floats(scope, reals(rows, 4)),
    };
    const outputs = unwritten(scope, batchSize * numSteps * hiddenSize);
    const finalState = states(7);
    const tape = forward(scope, {
      ...sizes,
      kind,
      hasIds,
      isDifferentiable,
      isReverse: false,
      parameters,
      outputs,
      finalState,
      inputs: hasIds
        ? ints(
            scope,
            Array.from({ length: batchSize * numSteps }, (_, i) => (i * i + 1) % inputSize),
          )
        : floats(scope, reals(batchSize * numSteps * inputSize, 5)),
      initialState: states(6),
      lengths: Array.from({ length: batchSize }, (_, row) => [5, 1, 3, 5, 0, 2, 5, 4, 5, 1, 5][row % 11]!),
    });
    if (!isDifferentiable) return [outputs, ...finalState].map((array) => [...scope.floats(array)]);
    recurrentBackward(scope, tape, {
      recurrentWeight: parameters.recurrentWeight,
      finalGradient: states(9),
      outputGradient: floats(scope, reals(outputs.length, 10)),
    });
    const lengths = {
      ...{ inputs: batchSize * numSteps * inputSize, hidden: batchSize * hiddenSize, cell: batchSize * hiddenSize },
      ...{ inputWeight: parameters.inputWeight.length, recurrentWeight: parameters.recurrentWeight.length },
      ...{ inputBias: rows, recurrentBias: rows },
    } satisfies Record<RecurrentOperand, number>;
    const operands = OPERANDS.filter(
      (operand) => (kind === "lstm" || operand !== "cell") && !(hasIds && operand === "inputs"),
    );
    const gradients = operands.map((operand) => {
      const length = lengths[operand];
      const output = unwritten(scope, length);
      recurrentGradient(scope, tape, operand, { output, inputWeight: parameters.inputWeight });
      return output;
    });
    return [outputs, ...finalState, ...gradients].map((array) => [...scope.floats(array)]);
  });
}

const KERNELS: Readonly<Record<string, (simd: Simd) => number[][]>> = {
  ...Object.fromEntries(
    (["rnn-tanh", "rnn-relu", "gru", "lstm"] as const).map((kind) => [
      kind,
      (simd: Simd) => recurrentResults(simd, kind),
    ]),
  ),
  "a large lstm": (simd) => recurrentResults(simd, "lstm", { hiddenSize: 133 }),
  "a large gru": (simd) => recurrentResults(simd, "gru", { hiddenSize: 133 }),
  "a large rnn": (simd) => recurrentResults(simd, "rnn-tanh", { hiddenSize: 197 }),
  "an lstm of ids": (simd) => recurrentResults(simd, "lstm", { hasIds: true }),
  "a gru of ids over many rows": (simd) => recurrentResults(simd, "gru", { batchSize: 70, hasIds: true }),
  "a large lstm of ids": (simd) => recurrentResults(simd, "lstm", { hiddenSize: 133, hasIds: true }),
  "a large lstm over many rows": (simd) => recurrentResults(simd, "lstm", { hiddenSize: 133, batchSize: 41 }),
  "a large gru of ids over many rows": (simd) =>
    recurrentResults(simd, "gru", { hiddenSize: 133, batchSize: 53, hasIds: true }),
  "a large lstm over many rows that keeps nothing": (simd) =>
    recurrentResults(simd, "lstm", { hiddenSize: 133, batchSize: 41, isDifferentiable: false }),
  "a large lstm that keeps nothing": (simd) =>
    recurrentResults(simd, "lstm", { hiddenSize: 133, isDifferentiable: false }),
  "a large gru that keeps nothing": (simd) =>
    recurrentResults(simd, "gru", { hiddenSize: 133, isDifferentiable: false }),
  "a product": (simd) =>
    scoped(simd, (scope) => {
      const [a, b, output] = [
        floats(scope, reals(33 * 65)),
        floats(scope, reals(65 * 41, 2)),
        unwritten(scope, 33 * 41),
      ];
      matMul(scope, { a, b, output, rows: 33, columns: 41, depth: 65, activation: "tanh" });
      return [[...scope.floats(output)]];
    }),
  "a product of one row": (simd) =>
    scoped(simd, (scope) => {
      const [a, b, output] = [floats(scope, reals(65)), floats(scope, reals(65 * 141, 2)), unwritten(scope, 141)];
      matMul(scope, { a, b, output, rows: 1, columns: 141, depth: 65 });
      return [[...scope.floats(output)]];
    }),
  "a loss": (simd) =>
    scoped(simd, (scope) => {
      const [losses, gradient] = [unwritten(scope, 17), unwritten(scope, 17 * 9)];
      const targets = ints(
        scope,
        Array.from({ length: 17 }, (_, i) => i % 9),
      );
      const logits = floats(scope, reals(17 * 9));
      crossEntropyRows(scope, { logits, targets, losses, gradient, rows: 17, columns: 9, smoothing: 0.1 });
      return [[...scope.floats(losses)], [...scope.floats(gradient)]];
    }),
  "sums by id": (simd) =>
    scoped(simd, (scope) => {
      const table = floats(scope, new Float32Array(5 * 37));
      scatterRows(scope, {
        ids: ints(
          scope,
          Array.from({ length: 99 }, (_, i) => (i * i) % 5),
        ),
        table,
        rows: floats(scope, reals(99 * 37)),
        width: 37,
      });
      return [[...scope.floats(table)]];
    }),
  sums: (simd) =>
    scoped(simd, (scope) => {
      const [x, output] = [floats(scope, reals(20_000)), unwritten(scope, 100)];
      reduceAxis(scope, "sum", { x, output, outer: 100, depth: 200, inner: 1 });
      const rows = [...scope.floats(output)];
      reduceAxis(scope, "sum", { x, output, outer: 1, depth: 200, inner: 100 });
      const norm = unwritten(scope, 1);
      euclideanNorm(scope, [x], norm);
      return [rows, [...scope.floats(output)], [...scope.floats(norm)]];
    }),
};

describe("a kernel on several threads", () => {
  const simds: Simd[] = [];
  let plain: Simd;
  beforeAll(async () => {
    for (const numThreads of [1, 2, 3]) simds.push(await createSimd({ numThreads }));
    for (const numThreads of [2, 3]) simds.push(await createSimd({ numThreads, isAsync: true }));
    plain = await createSimd({ numThreads: 1, allowsFused: false });
  });
  afterAll(() => {
    for (const simd of [...simds, plain]) simd.dispose();
  });

  it.each(Object.keys(KERNELS))("gives the same bits for 1, 2 and 3 threads, run after run: %s", (name) => {
    const kernel = KERNELS[name]!;
    const expected = kernel(simds[0]!);
    expect(expected.flat().every((value) => Number.isFinite(value))).toBe(true);
    for (const simd of simds) {
      for (const numTasks of [1, 2, 3, 7]) expect(kernel(splitting(simd, numTasks))).toEqual(expected);
    }
  });

  it.each(Object.keys(KERNELS))("gives nearly the same with and without fused multiply-add: %s", (name) => {
    const expected = KERNELS[name]!(simds[0]!);
    for (const [i, values] of KERNELS[name]!(plain).entries()) {
      expectClose(values, expected[i]!, { tolerance: 1e-5, label: `result ${i}` });
    }
  });

  it("works on all threads at once, thousands of times in a row", () => {
    const simd = splitting(simds[2]!, 3);
    scoped(simd, (scope) => {
      const x = floats(scope, new Float32Array(1000));
      const wrong: number[] = [];
      for (let i = 0; i < 5000; i++) {
        scope.floats(x).fill(i);
        mapElements(scope, "neg", { x, output: x });
        if (!scope.floats(x).every((value) => value === -i)) wrong.push(i);
      }
      expect(wrong).toEqual([]);
    });
    expect(simds[2]!.numThreads).toBe(3);
  });
});
