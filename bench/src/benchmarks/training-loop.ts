import * as tf from "@tensorflow/tfjs";
import type { BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import { median, measure, type Engine } from "../measure.ts";
import { rnnkitEngine } from "../rnnkit-engine.ts";
import { trainingJob, type TrainingStep } from "../training-job.ts";

const BACKEND = "rnnkit-simd";

interface LoopStep extends TrainingStep {
  /** Spent within the kernels of the backend. */
  readonly kernelMs: number;
}

/** What a step of `train` costs beside the kernels of the backend: the loop, the model, the tape and the engine of TensorFlow.js. */
export async function trainingLoop({ isSmoke }: BenchmarkOptions): Promise<BenchmarkResults> {
  tf.enableProdMode(); // does nothing but silence the notice that TensorFlow.js prints in Node
  const sizes = isSmoke
    ? { batchSize: 2, numSteps: 3, hiddenSize: 8 }
    : { batchSize: 32, numSteps: 35, hiddenSize: 256 };
  const job = await trainingJob({ kind: "lstm", numLayers: 1, vocabSize: 28, ...sizes });
  const inner = await rnnkitEngine(job, { backend: BACKEND, threads: 1 });
  const clock = timeKernels();
  const engine: Engine<LoopStep> = {
    ...inner,
    async step() {
      clock.reset();
      const step = await inner.step();
      return { ...step, kernelMs: clock.spentMs() };
    },
  };
  try {
    const [measured] = await measure([engine], isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 2000 });
    const kernelMs = median(measured!.steps.map((step) => step.kernelMs));
    const share = 100 * (1 - median(measured!.steps.map((step) => step.kernelMs / step.ms)));
    return {
      job: `one training step, lstm of 1 × ${sizes.hiddenSize}, of which ${share.toFixed(1)} % are outside of kernels`,
      numTokens: sizes.batchSize * sizes.numSteps,
      baseline: "whole step",
      results: [
        { engine: "whole step", threads: 1, msMedian: measured!.msMedian },
        { engine: "in kernels", threads: 1, msMedian: kernelMs },
      ],
    };
  } finally {
    clock.restore();
    await inner.dispose();
  }
}

/** Puts a clock around every kernel of the backend; what one kernel spends within another counts once. */
function timeKernels() {
  const kernels = tf.getKernelsForBackend(BACKEND);
  let depth = 0;
  let spentMs = 0;
  const replace = (each: tf.KernelConfig, kernelFunc: tf.KernelFunc) => {
    tf.unregisterKernel(each.kernelName, BACKEND);
    tf.registerKernel({ ...each, kernelFunc });
  };
  for (const kernel of kernels) {
    replace(kernel, (call) => {
      const startMs = depth++ === 0 ? performance.now() : 0;
      try {
        return kernel.kernelFunc(call);
      } finally {
        if (--depth === 0) spentMs += performance.now() - startMs;
      }
    });
  }
  return {
    spentMs: () => spentMs,
    reset: () => void (spentMs = 0),
    restore: () => {
      for (const kernel of kernels) replace(kernel, kernel.kernelFunc);
    },
  };
}
