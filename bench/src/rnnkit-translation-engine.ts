import { useBackend } from "@rnnkit/backends";
import { EncoderDecoder, encoderDecoderLoss } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { adam, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import type { Engine } from "./measure.ts";
import type { TranslationJob } from "./translation-job.ts";
import type { TrainingStep } from "./training-job.ts";

/** rnnkit's `train` over its `EncoderDecoder`, dropout and clipping included: what an application does. */
export async function rnnkitTranslationEngine(
  job: TranslationJob,
  { backend, threads }: { readonly backend: "rnnkit-simd" | "wasm"; readonly threads?: number },
): Promise<Engine<TrainingStep>> {
  const activate = () => useBackend({ name: backend, ...(threads !== undefined && { numThreads: threads }) });
  const { numThreads = 1 } = await activate();
  const model = new EncoderDecoder(job.config, { generator: xoshiro128(0) }); // all of its values are replaced
  for (const [name, variable] of Object.entries(model.parameters)) {
    tf.tidy(() => variable.assign(tf.tensor(job.parameters[name]!, variable.shape)));
  }
  const optimizer = adam({ learningRate: job.learningRate });
  const loss = encoderDecoderLoss(model, { objective: "d2l" });
  const reports = train({
    parameters: model.parameters,
    batches: { epoch: () => [job.batch] },
    loss,
    optimizer,
    maxGradientNorm: job.maxGradientNorm,
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
