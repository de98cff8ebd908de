import { expectClose } from "@rnnkit/testing";
import { expect, it } from "vitest";
import { recurrentBackward, recurrentGradient, type RecurrentKernelKind, type Simd } from "../src/index.ts";
import { forward, type ForwardArguments } from "./forward.ts";
import { floats, ints, reals, scoped, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

const KINDS: readonly RecurrentKernelKind[] = ["rnn-tanh", "rnn-relu", "gru", "lstm"];
const NUM_GATES = { "rnn-tanh": 1, "rnn-relu": 1, gru: 3, lstm: 4 } as const;

interface Case {
  readonly kind: RecurrentKernelKind;
  readonly batchSize: number;
  readonly numSteps: number;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly lengths?: readonly number[];
  readonly isReverse?: boolean;
}

const SIZES: readonly Omit<Case, "kind">[] = [
  { batchSize: 1, numSteps: 1, inputSize: 1, hiddenSize: 1 },
  { batchSize: 5, numSteps: 3, inputSize: 7, hiddenSize: 9, lengths: [3, 1, 0, 2, 3] },
  { batchSize: 3, numSteps: 4, inputSize: 17, hiddenSize: 3, lengths: [4, 1, 3], isReverse: true },
  { batchSize: 9, numSteps: 2, inputSize: 3, hiddenSize: 33, isReverse: true },
  { batchSize: 2, numSteps: 0, inputSize: 3, hiddenSize: 5 },
  { batchSize: 0, numSteps: 3, inputSize: 3, hiddenSize: 5 },
];

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** The inputs of a case by name, in the order of the arguments. */
function operands({ kind, batchSize, numSteps, inputSize, hiddenSize }: Case) {
  const rows = NUM_GATES[kind] * hiddenSize;
  return {
    inputs: reals(batchSize * numSteps * inputSize, 1),
    inputWeight: reals(rows * inputSize, 2),
    recurrentWeight: reals(rows * hiddenSize, 3),
    inputBias: reals(rows, 4),
    recurrentBias: reals(rows, 5),
    hidden: reals(batchSize * hiddenSize, 6),
    ...(kind === "lstm" && { cell: reals(batchSize * hiddenSize, 7) }),
  };
}

/** Outputs and final states in double precision, one number after the other. */
function plain({ kind, batchSize, numSteps, inputSize, hiddenSize, lengths, isReverse }: Case): number[][] {
  const x = operands({ kind, batchSize, numSteps, inputSize, hiddenSize });
  const outputs = Array<number>(batchSize * numSteps * hiddenSize).fill(0);
  const [hidden, cell] = [[...x.hidden], [...(x.cell ?? [])]];
  for (let b = 0; b < batchSize; b++) {
    const times = Array.from({ length: lengths?.[b] ?? numSteps }, (_, t) => t);
    for (const t of isReverse ? times.reverse() : times) {
      const sums = (weight: Float32Array, bias: Float32Array, width: number, at: (k: number) => number) =>
        Array.from(bias, (start, row) => {
          let sum = start;
          for (let k = 0; k < width; k++) sum += weight[row * width + k]! * at(k);
          return sum;
        });
      const i = sums(x.inputWeight, x.inputBias, inputSize, (k) => x.inputs[(b * numSteps + t) * inputSize + k]!);
      const r = sums(x.recurrentWeight, x.recurrentBias, hiddenSize, (k) => hidden[b * hiddenSize + k]!);
      for (let n = 0; n < hiddenSize; n++) {
        const at = b * hiddenSize + n;
        const gate = (block: number) => i[block * hiddenSize + n]! + r[block * hiddenSize + n]!;
        if (kind === "lstm") {
          cell[at] = sigmoid(gate(1)) * cell[at]! + sigmoid(gate(0)) * Math.tanh(gate(2));
          hidden[at] = sigmoid(gate(3)) * Math.tanh(cell[at]!);
        } else if (kind === "gru") {
          const candidate = Math.tanh(i[2 * hiddenSize + n]! + sigmoid(gate(0)) * r[2 * hiddenSize + n]!);
          hidden[at] = candidate + sigmoid(gate(1)) * (hidden[at]! - candidate);
        } else {
          hidden[at] = kind === "rnn-tanh" ? Math.tanh(gate(0)) : Math.max(0, gate(0));
        }
        outputs[(b * numSteps + t) * hiddenSize + n] = hidden[at]!;
      }
    }
  }
  return kind === "lstm" ? [outputs, hidden, cell] : [outputs, hidden];
}

/** The arguments of `recurrentForward` for a case, in new memory. */
function argumentsOf(simd: Simd, { lengths, isReverse = false, ...sizes }: Case): ForwardArguments {
  const { inputs, hidden, cell, ...parameters } = operands(sizes);
  const place = (values: Float32Array) => floats(simd, values);
  const states = cell ? [hidden, cell] : [hidden];
  return {
    ...sizes,
    lengths,
    isReverse,
    hasIds: false,
    isDifferentiable: true,
    inputs: place(inputs),
    parameters: {
      inputWeight: place(parameters.inputWeight),
      recurrentWeight: place(parameters.recurrentWeight),
      inputBias: place(parameters.inputBias),
      recurrentBias: place(parameters.recurrentBias),
    },
    initialState: states.map(place),
    finalState: states.map(({ length }) => unwritten(simd, length)),
    outputs: unwritten(simd, sizes.batchSize * sizes.numSteps * sizes.hiddenSize),
  };
}

const SMALL: Case = { kind: "lstm", batchSize: 3, numSteps: 4, inputSize: 5, hiddenSize: 7 };

describeEverySimd("recurrentForward(simd, args)", (simd) => {
  it.each(KINDS)("%s equals its equations, with and without what a gradient needs", (kind) => {
    for (const sizes of SIZES) {
      const expected = plain({ kind, ...sizes });
      for (const isDifferentiable of [true, false]) {
        scoped(simd(), (scope) => {
          const args = { ...argumentsOf(scope, { kind, ...sizes }), isDifferentiable };
          forward(scope, args);
          for (const [i, array] of [args.outputs, ...args.finalState].entries()) {
            expectClose(scope.floats(array), expected[i]!, {
              tolerance: 3e-6,
              label: `${JSON.stringify(sizes)} result ${i}`,
            });
          }
        });
      }
    }
  });

  it("takes ids for the one-hot rows that they stand for, in values and gradients", () => {
    const ids = [0, 4, 1, 2, 3, 3, 0, 1, 4, 2, 2, 0];
    const oneHot = Float32Array.from({ length: 60 }, (_, i) => Number(ids[Math.floor(i / 5)] === i % 5));
    const results = [true, false].map((hasIds) =>
      scoped(simd(), (scope) => {
        const inputs = hasIds ? ints(scope, ids) : floats(scope, oneHot);
        const args = { ...argumentsOf(scope, { ...SMALL, lengths: [4, 2, 3] }), hasIds, inputs };
        const tape = forward(scope, args);
        const { inputWeight, recurrentWeight } = args.parameters;
        recurrentBackward(scope, tape, { recurrentWeight, outputGradient: args.outputs });
        const lengths = { hidden: 21, cell: 21, inputWeight: inputWeight.length };
        const gradients = Object.entries(lengths).map(([operand, length]) => {
          const output = unwritten(scope, length);
          recurrentGradient(scope, tape, operand as keyof typeof lengths, { output, inputWeight });
          return output;
        });
        return [args.outputs, ...gradients].flatMap((array) => [...scope.floats(array)]);
      }),
    );
    expectClose(results[0]!, results[1]!, { tolerance: 1e-6 });
  });

  it.each<[string, (scope: Simd, args: ForwardArguments) => object, string]>([
    [
      "NaN among the weights",
      (scope, { parameters }) => {
        scope.floats(parameters.recurrentWeight)[30] = Number.NaN;
        return {};
      },
      "recurrent: weights.recurrentWeight must be numbers, got 1 NaN among 196",
    ],
    [
      "NaN among the biases",
      (scope, { parameters }) => {
        scope.floats(parameters.inputBias!).fill(Number.NaN, 26);
        return {};
      },
      "recurrent: weights.inputBias must be numbers, got 2 NaN among 28",
    ],
    [
      "a length beyond the sequence",
      () => ({ lengths: [4, 5, 1] }),
      "recurrent: lengths must be integers from 0 to 4, got 5",
    ],
    ["a length below 0", () => ({ lengths: [4, 4, -1] }), "recurrent: lengths must be integers from 0 to 4, got -1"],
    ["too few lengths", () => ({ lengths: [4, 4] }), "recurrent: lengths must be one for each of 3 rows, got 2"],
    [
      "an id outside the weight",
      (scope) => ({ hasIds: true, inputs: ints(scope, [...Array(11).fill(0), 5]) }),
      "recurrent: inputs must be ids from 0 to 4, got 5",
    ],
    [
      "too few inputs",
      (scope) => ({ inputs: scope.allocate(59) }),
      "recurrent: inputs must hold at least 60 elements, got 59",
    ],
    [
      "too small an output",
      (scope) => ({ outputs: scope.allocate(83) }),
      "recurrent: outputs must hold at least 84 elements, got 83",
    ],
    [
      "too small a state",
      (scope) => ({ initialState: [scope.allocate(20), scope.allocate(21)] }),
      "recurrent: initialState must hold at least 21 elements, got 20",
    ],
  ])("refuses %s, and keeps no memory", (_, change, message) => {
    scoped(simd(), (scope) => {
      const args = argumentsOf(scope, SMALL);
      const changed = { ...args, ...change(scope, args) };
      const { usedBytes, numArrays } = scope;
      expect(() => forward(scope, changed)).toThrow(new RangeError(message));
      expect([scope.usedBytes, scope.numArrays]).toEqual([usedBytes, numArrays]);
    });
  });
});

describeEverySimd("recurrentBackward(simd, tape, args) and recurrentGradient", (simd) => {
  it("begin and end with zeros where no state and no gradients are given, whatever the memory held", () => {
    const run = (isGiven: boolean) =>
      scoped(simd(), (scope) => {
        const dirty = scope.allocate(10_000);
        scope.floats(dirty).fill(Number.NaN);
        scope.free(dirty);
        const args = argumentsOf(scope, SMALL);
        const zeros = () => [21, 21].map((length) => floats(scope, new Float32Array(length)));
        const tape = forward(scope, { ...args, initialState: isGiven ? zeros() : undefined });
        const { inputWeight, recurrentWeight } = args.parameters;
        const outputGradient = isGiven ? floats(scope, new Float32Array(84)) : undefined;
        recurrentBackward(scope, tape, { recurrentWeight, outputGradient, ...(isGiven && { finalGradient: zeros() }) });
        const gradients = (["hidden", "cell"] as const).map((operand) => {
          const output = unwritten(scope, 21);
          recurrentGradient(scope, tape, operand, { output, inputWeight });
          return output;
        });
        return [args.outputs, ...args.finalState, ...gradients].map((array) => [...scope.floats(array)]);
      });
    expect(run(false)).toEqual(run(true));
  });

  it("refuse the gradient by a cell state where there is none", () => {
    scoped(simd(), (scope) => {
      const args = argumentsOf(scope, { ...SMALL, kind: "gru" });
      const tape = forward(scope, args);
      const { inputWeight, recurrentWeight } = args.parameters;
      recurrentBackward(scope, tape, { recurrentWeight });
      expect(() => recurrentGradient(scope, tape, "cell", { output: scope.allocate(21), inputWeight })).toThrow(
        new RangeError("recurrentGradient: operand must not be the cell state of gru, which has none"),
      );
    });
  });

  it("refuse a second pass, a gradient before the pass, and one by ids", () => {
    scoped(simd(), (scope) => {
      const args = { ...argumentsOf(scope, SMALL), hasIds: true, inputs: ints(scope, Array(12).fill(1)) };
      const tape = forward(scope, args);
      const { inputWeight, recurrentWeight } = args.parameters;
      const output = scope.allocate(200);
      expect(() => recurrentGradient(scope, tape, "inputBias", { output, inputWeight })).toThrow(
        /must follow recurrentBackward/,
      );
      recurrentBackward(scope, tape, { recurrentWeight });
      const hidden = unwritten(scope, 21);
      recurrentGradient(scope, tape, "hidden", { output: hidden, inputWeight });
      expect([...scope.floats(hidden)]).toEqual(Array(21).fill(0)); // no gradient was given
      expect(() => recurrentBackward(scope, tape, { recurrentWeight })).toThrow(/was taken before/);
      expect(() => recurrentGradient(scope, tape, "inputs", { output, inputWeight })).toThrow(
        /must not be the inputs where they are ids/,
      );
      expect(() =>
        recurrentGradient(scope, tape, "recurrentWeight", { output: scope.allocate(5), inputWeight }),
      ).toThrow(new RangeError("recurrentGradient: output for recurrentWeight must hold at least 196 elements, got 5"));
    });
  });
});
