import { multinomial } from "@rnnkit/decoding";
import { LanguageModel, languageModelStepper } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { scoringBatches, sequentialBatches, splitCorpus } from "@rnnkit/samplers";
import { characters, encodeCorpus } from "@rnnkit/text";
import { adam, train } from "@rnnkit/training";
import { tinyShakespeare } from "./corpora/tiny-shakespeare.ts";
import { lineChart } from "./drawings/line-chart.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

/** A character model of Shakespeare, against the clock: the loss on the last tenth of the text after so many minutes. */
export function shakespeareFor(minutes: number) {
  return async ({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> => {
    const { name, text } = tinyShakespeare(readData);
    const { ids, vocabulary } = encodeCorpus([text], { tokenizer: characters });
    const { train: learnt, validation } = splitCorpus(ids, { validationFraction: 0.1 });
    const config = { vocabSize: vocabulary.size, kind: "lstm", hiddenSize: isSmall ? 48 : 256 } as const;
    const model = new LanguageModel(config, { generator: xoshiro128(1) });
    const optimizer = adam({ learningRate: 0.003 });
    const budgetMs = isSmall ? 4000 : minutes * 60_000;
    const every = isSmall ? 40 : 250;
    const curve: (readonly [minutes: number, loss: number])[] = [];
    let lossNats = NaN;
    let steps = 0;
    for await (const { step, elapsedMs, validation: scored } of train({
      parameters: model.parameters,
      batches: sequentialBatches(learnt, { batchSize: 32, numSteps: 64, seed: 1 }),
      loss: model.loss,
      optimizer,
      maxGradientNorm: 1,
      numSteps: 1_000_000, // the clock ends it before
      reportEvery: every,
      validation: {
        batches: scoringBatches(isSmall ? validation.subarray(0, 4000) : validation, { batchSize: 32, numSteps: 128 }),
        every,
      },
    })) {
      if (elapsedMs > budgetMs && steps > 0) break; // what came too late does not count
      steps = step;
      lossNats = scored!.meanLoss;
      curve.push([elapsedMs / 60_000, lossNats]);
      log(`step ${step}, ${(elapsedMs / 1000).toFixed(0)} s: validation loss ${lossNats.toFixed(4)}`);
      if (elapsedMs > budgetMs) break;
    }
    optimizer.dispose();
    const prompt = [...vocabulary.encode(["\n"])];
    const options = { prompt, maxLength: 300, temperature: 0.8, generator: xoshiro128(1) };
    const { tokens } = await multinomial(languageModelStepper(model), options);
    model.dispose();
    return {
      data: `${name}: ${learnt.length} characters to learn, ${validation.length} to validate on`,
      figures: [
        { name: `validation loss after ${minutes} minutes, nats a character`, value: lossNats, printed: "1.88" },
        { name: "steps of 32 × 64 characters", value: steps },
      ],
      texts: [{ label: "A sample at temperature 0.8", text: characters.decode(vocabulary.decode(tokens)) }],
      drawings: {
        [`tiny-shakespeare-${minutes}.svg`]: lineChart([{ name: "validation", points: curve }], {
          title: "Validation loss",
          x: "minutes",
          y: "nats a character",
        }),
      },
    };
  };
}
