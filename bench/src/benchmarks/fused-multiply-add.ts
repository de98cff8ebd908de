import { xoshiro128, uniform } from "@rnnkit/random";
import {
  createSimd,
  freePacked,
  packRecurrent,
  recurrentBackward,
  recurrentForward,
  recurrentGradient,
  type Simd,
  type SimdArray,
} from "@rnnkit/simd";
import type { BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { measure, type Engine, type Step } from "../measure.ts";

const BOOK = { batchSize: 32, numSteps: 35, inputSize: 28, hiddenSize: 256 };
const NUM_GATES = 4;

/**
 * What fused multiply-add of relaxed SIMD brings: an LSTM of the first setting of `training-step`, packed, forward, backward and its
 * weights' gradients, by the kernels of `@rnnkit/simd` in both builds.
 */
export async function fusedMultiplyAdd({ isSmoke, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  const sizes = isSmoke ? { batchSize: 2, numSteps: 3, inputSize: 5, hiddenSize: 8 } : BOOK;
  const engines: Engine<KernelStep>[] = [];
  try {
    for (const numThreads of [1, 2]) {
      for (const allowsFused of [false, true]) {
        const simd = await createSimd({ numThreads, allowsFused });
        if (allowsFused && !simd.isFused) {
          simd.dispose();
          if (!isSmoke) note("fused is left out: this engine or machine does not fuse");
          continue;
        }
        engines.push(kernelEngine(simd, { sizes, name: allowsFused ? "fused" : "not fused" }));
      }
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkGradients(measured.map(({ steps }) => steps[0]!.sumOfSquares));
    return {
      job: `LSTM kernels, forward and backward, batch ${sizes.batchSize}, ${sizes.numSteps} steps, ${sizes.inputSize} symbols, ${sizes.hiddenSize} hidden (${sizes.batchSize * sizes.numSteps} tokens)`,
      numTokens: sizes.batchSize * sizes.numSteps,
      baseline: "not fused",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

interface KernelStep extends Step {
  /** Of the gradient of the recurrent weight. */
  readonly sumOfSquares: number;
}

function kernelEngine(simd: Simd, { sizes, name }: { sizes: typeof BOOK; name: string }): Engine<KernelStep> {
  const { batchSize, numSteps, inputSize, hiddenSize } = sizes;
  const generator = xoshiro128(1);
  const drawn = (length: number, bound: number) => {
    const array = simd.allocate(length);
    simd.floats(array).set(Float32Array.from({ length }, () => bound * (2 * uniform(generator) - 1)));
    return array;
  };
  const rows = NUM_GATES * hiddenSize;
  const parameters = {
    inputWeight: drawn(rows * inputSize, 1 / Math.sqrt(hiddenSize)),
    recurrentWeight: drawn(rows * hiddenSize, 1 / Math.sqrt(hiddenSize)),
  };
  const inputs = simd.allocate(batchSize * numSteps);
  simd.ints(inputs).set(Int32Array.from({ length: inputs.length }, (_, i) => i % inputSize));
  const outputs = simd.allocate(batchSize * numSteps * hiddenSize);
  const outputGradient = drawn(outputs.length, 1);
  const states = () => [drawn(batchSize * hiddenSize, 0), drawn(batchSize * hiddenSize, 0)];
  const [initialState, finalState] = [states(), states()];
  const gradients = {
    inputWeight: simd.allocate(parameters.inputWeight.length),
    recurrentWeight: simd.allocate(parameters.recurrentWeight.length),
  } satisfies Record<string, SimdArray>;
  const plan = { kind: "lstm", ...sizes, hasIds: true, isDifferentiable: true } as const;
  return {
    name,
    threads: simd.numThreads,
    activate: async () => {},
    async step() {
      const startMs = performance.now();
      const packed = packRecurrent(simd, plan, parameters);
      const args = { ...plan, inputs, isReverse: false, packed, initialState, outputs, finalState };
      const tape = recurrentForward(simd, args);
      recurrentBackward(simd, tape, { recurrentWeight: parameters.recurrentWeight, outputGradient });
      for (const operand of ["inputWeight", "recurrentWeight"] as const) {
        recurrentGradient(simd, tape, operand, { output: gradients[operand], inputWeight: parameters.inputWeight });
      }
      freePacked(simd, packed);
      simd.free(tape.workspace);
      const ms = performance.now() - startMs;
      const sumOfSquares = simd.floats(gradients.recurrentWeight).reduce((sum, value) => sum + value * value, 0);
      return { ms, sumOfSquares };
    },
    async dispose() {
      simd.dispose();
    },
  };
}

/** Throws unless all have found the same gradient, but for rounding. */
function checkGradients(sums: readonly number[]): void {
  for (const sum of sums) {
    if (!(Math.abs(sum - sums[0]!) < 1e-3 * sums[0]!)) {
      throw new Error(
        `the gradients must be the same with and without fusing, their squares sum to ${sums.join(", ")}`,
      );
    }
  }
}
