import { multinomial } from "@rnnkit/decoding";
import { perplexity, unigramCrossEntropy } from "@rnnkit/metrics";
import { LanguageModel, languageModelStepper } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { scoringBatches, sequentialBatches } from "@rnnkit/samplers";
import { vocabulary } from "@rnnkit/text";
import { adam, evaluate, train } from "@rnnkit/training";
import { wikitext } from "./corpora/wikitext.ts";
import { lineChart } from "./drawings/line-chart.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

/** A language model over words, with the embedding for its output too, and the validation perplexity as it learns. */
export async function wordModel({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const corpus = wikitext(readData);
  const learnt = isSmall ? corpus.train.slice(0, 40_000) : corpus.train;
  const words = vocabulary(learnt, { minFrequency: 20, unknown: "<unk>" });
  const ids = words.encode(learnt);
  const validation = words.encode(corpus.validation);
  const size = isSmall ? 48 : 192;
  const model = new LanguageModel(
    { vocabSize: words.size, kind: "lstm", embeddingSize: size, hiddenSize: size, isTied: true, outputDropout: 0.2 },
    { generator: xoshiro128(1) },
  );
  const optimizer = adam({ learningRate: 0.003 });
  const numSteps = isSmall ? 60 : 900;
  const scored = validation.subarray(0, isSmall ? 3000 : 20_000);
  const curve: (readonly [step: number, perplexity: number])[] = [];
  for await (const report of train({
    parameters: model.parameters,
    batches: sequentialBatches(ids, { batchSize: 32, numSteps: 35, seed: 1 }),
    loss: model.loss,
    optimizer,
    maxGradientNorm: 1,
    numSteps,
    reportEvery: numSteps / 6,
    validation: { batches: scoringBatches(scored, { batchSize: 16, numSteps: 50 }), every: numSteps / 6 },
  })) {
    curve.push([report.step, report.validation!.perplexity]);
    log(`step ${report.step}: validation perplexity ${report.validation!.perplexity.toFixed(1)}`);
  }
  optimizer.dispose();
  const whole = isSmall ? scored : validation;
  const statistics = await evaluate({
    batches: scoringBatches(whole, { batchSize: 16, numSteps: 50 }),
    loss: model.loss,
  });
  const generator = xoshiro128(1);
  const options = { prompt: [words.idOf("<eos>")], maxLength: 40, temperature: 0.8, generator };
  const { tokens } = await multinomial(languageModelStepper(model), options);
  model.dispose();
  const unigram = unigramCrossEntropy(ids, whole.subarray(1), { vocabSize: words.size });
  return {
    data: `${corpus.name}: ${numSteps * 32 * 35} of ${ids.length} words learnt from once, a vocabulary of ${words.size}`,
    figures: [
      { name: `validation perplexity, ${whole.length} words`, value: perplexity(statistics) },
      { name: "validation perplexity of word frequencies alone", value: perplexity(unigram) },
    ],
    texts: [{ label: "A sample at temperature 0.8", text: words.decode(tokens).join(" ") }],
    drawings: {
      "word-model.svg": lineChart([{ name: "validation", points: curve }], {
        title: "Validation perplexity, the first words of the part",
        x: "step",
        y: "perplexity",
      }),
    },
  };
}
