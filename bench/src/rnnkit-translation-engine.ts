import { EncoderDecoder, encoderDecoderLoss } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { adam } from "@rnnkit/training";
import type { Engine } from "./measure.ts";
import { trainEngine, type TrainEngineOptions } from "./train-engine.ts";
import type { TrainingStep } from "./training-job.ts";
import type { TranslationJob } from "./translation-job.ts";

/** rnnkit's `train` over its `EncoderDecoder`, dropout included. */
export function rnnkitTranslationEngine(
  { config, parameters, batch, learningRate, maxGradientNorm }: TranslationJob,
  options: TrainEngineOptions,
): Promise<Engine<TrainingStep>> {
  return trainEngine<typeof batch, never[]>(options, () => {
    const model = new EncoderDecoder(config, { generator: xoshiro128(0) }); // all of its values are replaced
    const loss = encoderDecoderLoss(model, { objective: "d2l" });
    return { model, values: parameters, loss, optimizer: adam({ learningRate }), batches: [batch], maxGradientNorm };
  });
}
