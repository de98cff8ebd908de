import { expect, it } from "vitest";
import {
  attendingBackward,
  attendingForward,
  recurrentGradient,
  type AttendingForwardArguments,
  type Simd,
  type SimdArray,
} from "../src/index.ts";
import { floats, reals, scoped, splitting, unwritten } from "./arrays.ts";
import { describeEverySimd } from "./every-simd.ts";

const B = 10;
const T = 3;
const S = 7;
const [E, H, A, N] = [5, 9, 6, 11];

/** Arguments of two layers of an LSTM, additive or by dot products; d2l's but for the kind. */
function argumentsOf(simd: Simd, isAdditive: boolean): AttendingForwardArguments {
  const width = isAdditive ? A : H;
  const layer = (columns: number, seed: number) => ({
    inputWeight: floats(simd, reals(4 * H * columns, seed)),
    recurrentWeight: floats(simd, reals(4 * H * H, seed + 1)),
    inputBias: floats(simd, reals(4 * H, seed + 2)),
  });
  const states = (make: (i: number) => SimdArray) => [0, 1].map((k) => [make(2 * k), make(2 * k + 1)]);
  return {
    ...{ kind: "lstm", batchSize: B, numSteps: T, numKeys: S, inputSize: E, hiddenSize: H, width, valueWidth: N },
    isDifferentiable: true,
    inputs: floats(simd, reals(B * T * E, 1)),
    keys: floats(simd, reals(B * S * width, 2)),
    values: floats(simd, reals(B * S * N, 3)),
    lengths: [7, 1, 3, 4, 6, 2, 5, 7, 1, 3],
    ...(isAdditive
      ? { vector: floats(simd, reals(A, 4)), queryWeight: floats(simd, reals(A * H, 5)) }
      : { mask: floats(simd, reals(B * T * S, 6)), between: [floats(simd, reals(B * T * H, 7))], scale: 0.4 }),
    layers: [layer(N + E, 10), layer(H, 20)],
    initialState: states((i) => floats(simd, reals(B * H, 30 + i))),
    outputs: unwritten(simd, B * T * H),
    weights: unwritten(simd, B * T * S),
    finalState: states(() => unwritten(simd, B * H)),
  };
}

/** Forward and back; the values and gradients against formulas are the affair of `attendingContract`. */
function run(simd: Simd, isAdditive: boolean): number[][] {
  return scoped(simd, (scope) => {
    const args = argumentsOf(scope, isAdditive);
    const tapes = attendingForward(scope, args);
    const like = (array: SimdArray) => unwritten(scope, array.length);
    const states = (make: (array: SimdArray, i: number) => SimdArray) =>
      args.initialState.map((state) => state.map(make));
    const optional = args.vector &&
      args.queryWeight && {
        vectorGradient: unwritten(scope, B * A),
        queryWeightGradient: like(args.queryWeight),
      };
    const written = {
      inputsGradient: like(args.inputs),
      keysGradient: like(args.keys),
      valuesGradient: like(args.values),
      ...optional,
    };
    const outputGradient = floats(scope, reals(B * T * H, 40));
    const weightsGradient = floats(scope, reals(B * T * S, 41));
    const finalGradient = states((array, i) => floats(scope, reals(array.length, 42 + i)));
    const backward = { ...args, ...written, outputGradient, weightsGradient, finalGradient };
    attendingBackward(scope, tapes, backward);
    expect(() => attendingBackward(scope, tapes, backward)).toThrow("attending: its gradient must be taken once");
    const forLayers = tapes.flatMap((tape, k) =>
      (["hidden", "inputWeight", "recurrentWeight", "inputBias", "recurrentBias"] as const).map((operand) => {
        const { inputWeight, ...others } = args.layers[k]!;
        const shaped = { inputWeight, ...others, hidden: args.initialState[k]![0]! };
        const output = like(shaped[operand] ?? others.inputBias!);
        recurrentGradient(scope, tape, operand, { output, inputWeight });
        return output;
      }),
    );
    const { inputsGradient, keysGradient, valuesGradient } = written;
    return [
      ...[args.outputs, args.weights, ...args.finalState.flat(), inputsGradient, keysGradient, valuesGradient],
      ...[...Object.values(optional ?? {}), ...forLayers],
    ].map((array) => [...scope.floats(array)]);
  });
}

describeEverySimd("attendingForward(simd, args) and attendingBackward", (simd) => {
  it.each([true, false])("write every element, the same for every number of tasks; additive %s", (isAdditive) => {
    const expected = run(splitting(simd(), 1), isAdditive);
    expect(expected.flat().every(Number.isFinite)).toBe(true);
    for (const numTasks of [2, 3, 5]) expect(run(splitting(simd(), numTasks), isAdditive)).toEqual(expected);
  });

  it("refuse what does not fit, and leave no memory behind", () => {
    scoped(simd(), (scope) => {
      const args = argumentsOf(scope, true);
      const small = scope.allocate(1);
      const spoilt = floats(scope, reals(4 * H * H).fill(Number.NaN, 5, 6));
      const used = scope.numArrays;
      const cases: [Partial<AttendingForwardArguments>, string][] = [
        [{ keys: small }, "attending: keys must hold at least 420"],
        [{ inputs: small }, "attending: inputs must hold at least 150"],
        [{ weights: small }, "attending: weights must hold at least 210"],
        [{ lengths: Array.from({ length: B }, () => 0) }, "attention: lengths must be integers from 1 to 7, got 0"],
        [{ layers: [] }, "attending: layers must be 1 to 64, got 0"],
        [{ layers: [args.layers[0]!, { ...args.layers[1]!, recurrentWeight: spoilt }] }, "got 1 NaN among 324"],
      ];
      for (const [change, message] of cases) {
        expect(() => attendingForward(scope, { ...args, ...change })).toThrow(message);
        expect(scope.numArrays).toBe(used);
      }
    });
  });
});
