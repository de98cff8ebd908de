import { useBackend } from "@rnnkit/backends";
import { LanguageModel } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { sgd, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import type { Engine } from "./measure.ts";
import { modelConfig, type TrainingJob, type TrainingStep } from "./training-job.ts";

/** rnnkit's `train` over its `LanguageModel`, clipping included: what an application does. */
export async function rnnkitEngine(
  job: TrainingJob,
  { backend, threads }: { readonly backend: "rnnkit-simd" | "wasm" | "cpu"; readonly threads?: number },
): Promise<Engine<TrainingStep>> {
  const activate = () => useBackend({ name: backend, ...(threads !== undefined && { numThreads: threads }) });
  const { numThreads = 1 } = await activate();
  const model = new LanguageModel(modelConfig(job), { generator: xoshiro128(0) }); // all of its values are replaced
  for (const [name, variable] of Object.entries(model.parameters)) {
    tf.tidy(() => variable.assign(tf.tensor(job.parameters[name]!, variable.shape)));
  }
  const { inputs, targets, batchSize, numSteps, maxGradientNorm } = job;
  const batch = { inputs, targets, shape: [batchSize, numSteps] as const, isContinuation: false };
  const optimizer = sgd({ learningRate: job.learningRate });
  const reports = train({
    parameters: model.parameters,
    batches: { epoch: () => [batch] },
    loss: model.loss,
    optimizer,
    maxGradientNorm,
    numSteps: Number.MAX_SAFE_INTEGER,
  });
  return {
    name: backend === "rnnkit-simd" ? "rnnkit simd" : `rnnkit ${backend}`,
    threads: numThreads,
    async activate() {
      await activate();
    },
    async step() {
      const startMs = performance.now();
      const { value } = await reports.next();
      return { ms: performance.now() - startMs, lossNats: value!.meanLoss };
    },
    async dispose() {
      await reports.return();
      optimizer.dispose();
      model.dispose();
    },
  };
}
