import { LanguageModel, type LanguageModelState } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { sgd } from "@rnnkit/training";
import type { Engine } from "./measure.ts";
import { trainEngine, type TrainEngineOptions } from "./train-engine.ts";
import { modelConfig, type TrainingJob, type TrainingStep } from "./training-job.ts";

/** rnnkit's `train` over its `LanguageModel`. */
export function rnnkitEngine(job: TrainingJob, options: TrainEngineOptions): Promise<Engine<TrainingStep>> {
  const { inputs, targets, batchSize, numSteps, maxGradientNorm } = job;
  const batch = { inputs, targets, shape: [batchSize, numSteps] as const, isContinuation: false };
  return trainEngine<typeof batch, LanguageModelState>(options, () => {
    const model = new LanguageModel(modelConfig(job), { generator: xoshiro128(0) }); // all of its values are replaced
    const optimizer = sgd({ learningRate: job.learningRate });
    return { model, values: job.parameters, loss: model.loss, optimizer, batches: [batch], maxGradientNorm };
  });
}
