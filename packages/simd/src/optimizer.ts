import { checkLength } from "./check-length.ts";
import { KERNEL } from "./kernel.ts";
import { floatBits, type Simd, type SimdArray } from "./simd.ts";

const CHUNK = 4096;
const COST = 16;

/**
 * The Euclidean norm of all arrays as one vector, added up in double precision and a fixed order.
 *
 * @param output [1]: written.
 * @throws RangeError when it holds too little, or memory is exhausted.
 */
export function euclideanNorm(simd: Simd, arrays: readonly SimdArray[], output: SimdArray): void {
  checkLength("euclideanNorm: output", output, 1);
  const table: number[] = [];
  let numChunks = 0;
  let numElements = 0;
  for (const { length, pointer } of arrays) {
    table.push(length, pointer);
    numChunks += Math.ceil(length / CHUNK);
    numElements += length;
  }
  const memory = simd.allocate(numChunks * 2 + table.length); // doubles first, which they have to be aligned for
  try {
    const at = memory.pointer + numChunks * Float64Array.BYTES_PER_ELEMENT;
    simd.write({ pointer: at, length: table.length }, table);
    simd.run(KERNEL.sumOfSquares, simd.numTasks(COST * numElements), [arrays.length, at, memory.pointer]);
    simd.run(KERNEL.rootOfSum, 1, [numChunks, memory.pointer, output.pointer]);
  } finally {
    simd.free(memory);
  }
}

/** One parameter with its gradient, changed in place together with its moments. */
export interface OptimizerArrays {
  readonly parameter: SimdArray;
  readonly gradient: SimdArray;
  /** The momentum, or the mean of the gradients. Default none. */
  readonly first?: SimdArray | undefined;
  /** The mean of their squares, or, of Adagrad, their sum; all but SGD need it. */
  readonly second?: SimdArray | undefined;
}

export interface OptimizerHyperparameters {
  readonly kind: "sgd" | "adam" | "rmsprop" | "adagrad";
  readonly learningRate: number;
  /** Multiplies the gradient first: what clipping by the norm comes to. Default 1. */
  readonly gradientScale?: number;
  /** Added to the gradient, times the parameter. Default 0. */
  readonly weightDecay?: number;
  /** Multiplies the parameter before the step: 1 − rate·decay for decoupled weight decay. Default 1. */
  readonly parameterScale?: number;
  /** The momentum, or the decay of the mean of the gradients. Default 0. */
  readonly beta1?: number;
  /** What a gradient adds to the first moment. Default 1 − beta1. */
  readonly gradientWeight?: number;
  /** The decay of the mean of the squares. Default 0. */
  readonly beta2?: number;
  /** Default 0. */
  readonly epsilon?: number;
  /** Multiplies the root of the second moment: 1/√(1 − β₂ᵗ) for Adam. Default 1. */
  readonly rootScale?: number;
  /** Default false. */
  readonly isNesterov?: boolean;
}

/** To the kernel Adagrad is an RMSprop that forgets nothing. */
const KINDS = { sgd: 0, adam: 1, rmsprop: 2, adagrad: 2 };

/**
 * One step over all parameters, in place. With g the scaled gradient, plus weight decay, and s the scale of the parameter:
 *
 * - sgd: v ← β₁·v + w·g where there is a momentum v; θ ← s·θ − lr·(v, or g + β₁·v for Nesterov's, or g without a momentum);
 * - adam: m ← β₁·m + w·g; v ← β₂·v + (1 − β₂)·g²; θ ← s·θ − lr·m/(√v·rootScale + ε);
 * - rmsprop: v as in adam; u = g/(√v·rootScale + ε), with a momentum m ← β₁·m + u; θ ← s·θ − lr·(u, or m);
 * - adagrad: v ← v + g²; the rest as in rmsprop.
 *
 * @throws RangeError when an array is missing that the kind needs, or holds too little; no parameter has changed then.
 */
export function optimizerStep(
  simd: Simd,
  targets: readonly OptimizerArrays[],
  hyperparameters: OptimizerHyperparameters,
): void {
  for (const target of targets) checkTarget(target, hyperparameters);
  const { kind, learningRate, gradientScale = 1, weightDecay = 0, parameterScale = 1, beta1 = 0 } = hyperparameters;
  const { gradientWeight = 1 - beta1, beta2 = 0, epsilon = 0, rootScale = 1, isNesterov = false } = hyperparameters;
  const [squareDecay, squareWeight] = kind === "adagrad" ? [1, 1] : [beta2, 1 - beta2];
  const constants = [
    ...[learningRate, gradientScale, weightDecay, parameterScale, beta1, squareDecay, gradientWeight, squareWeight],
    ...[epsilon, rootScale],
  ].map(floatBits);
  const table: number[] = [];
  let numElements = 0;
  for (const { parameter, gradient, first, second } of targets) {
    table.push(parameter.length, parameter.pointer, gradient.pointer, first?.pointer ?? 0, second?.pointer ?? 0);
    numElements += parameter.length;
  }
  const memory = simd.allocate(table.length);
  try {
    simd.write(memory, table);
    const words = [KINDS[kind], targets.length, memory.pointer, ...constants, Number(isNesterov)];
    simd.run(KERNEL.optimizerStep, simd.numTasks(COST * numElements), words);
  } finally {
    simd.free(memory);
  }
}

function checkTarget(
  { parameter, gradient, first, second }: OptimizerArrays,
  { kind }: OptimizerHyperparameters,
): void {
  if ((kind === "adam" && !first) || (kind !== "sgd" && !second)) {
    throw new RangeError(`optimizerStep: ${second ? "first" : "second"} must be there for ${kind}, got none`);
  }
  checkLength("optimizerStep: gradient", gradient, parameter.length);
  checkLength("optimizerStep: first", first, parameter.length);
  checkLength("optimizerStep: second", second, parameter.length);
}
