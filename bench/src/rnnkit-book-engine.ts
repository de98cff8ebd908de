import { xoshiro128 } from "@rnnkit/random";
import type { BookBatch, BookJob } from "./book-job.ts";
import { bookModel } from "./book-model.ts";
import type { Engine } from "./measure.ts";
import { trainEngine, type TrainEngineOptions } from "./train-engine.ts";
import type { TrainingStep } from "./training-job.ts";

/** rnnkit's `train` over the model of the setting. */
export function rnnkitBookEngine(job: BookJob, options: TrainEngineOptions): Promise<Engine<TrainingStep>> {
  const { batches, parameters, learningRate, maxGradientNorm } = job;
  return trainEngine<BookBatch, Record<string, never>>(options, () => {
    const model = bookModel(job, xoshiro128(0)); // all of its values are replaced
    const optimizer = model.optimizer({ learningRate });
    return { model, values: parameters, loss: model.loss, optimizer, batches, maxGradientNorm };
  });
}
