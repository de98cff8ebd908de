import { greedy } from "@rnnkit/decoding";
import { LanguageModel, languageModelStepper } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { sequentialBatches } from "@rnnkit/samplers";
import { characters, encodeCorpus, lettersOnlyLines } from "@rnnkit/text";
import { sgd, train } from "@rnnkit/training";
import { timeMachine } from "./corpora/time-machine.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

/** The chapters of the book that train a layer, with what each prints. */
const CHAPTERS = [
  { name: "RNN", kind: "rnn-tanh", numLayers: 1, learningRate: 1, printed: "1.3" },
  { name: "GRU", kind: "gru", numLayers: 1, learningRate: 1, printed: "1.0–1.1" },
  { name: "LSTM", kind: "lstm", numLayers: 1, learningRate: 1, printed: "1.1–1.3" },
  { name: "LSTM of two layers", kind: "lstm", numLayers: 2, learningRate: 2, printed: "1.0" },
] as const;

/** The same language model over each kind of recurrent layer: only `kind` and `numLayers` change. */
export async function recurrentLayers({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const { name, text } = timeMachine(readData);
  const { ids, vocabulary } = encodeCorpus(lettersOnlyLines(text), { tokenizer: characters });
  const corpus = ids.subarray(0, 10_000);
  const batches = sequentialBatches(corpus, { batchSize: 32, numSteps: 35, seed: 1 });
  const hiddenSize = isSmall ? 32 : 256;
  const numEpochs = isSmall ? 25 : 500;

  const figures = [];
  const texts = [];
  for (const { name: layer, kind, numLayers, learningRate, printed } of CHAPTERS) {
    const config = { vocabSize: vocabulary.size, kind, hiddenSize, numLayers };
    const model = new LanguageModel(config, { generator: xoshiro128(1) });
    let perplexity = NaN;
    for await (const report of train({
      parameters: model.parameters,
      batches,
      loss: model.loss,
      optimizer: sgd({ learningRate }),
      maxGradientNorm: 1,
      numEpochs,
      reportEvery: batches.epoch(0).length,
    })) {
      perplexity = report.perplexity;
      if (report.epoch % 50 === 0) log(`${layer}, epoch ${report.epoch}: perplexity ${perplexity.toFixed(2)}`);
    }
    const prompt = [...vocabulary.encode(characters.encode("time traveller"))];
    const { tokens } = await greedy(languageModelStepper(model), { prompt, maxLength: 50 });
    model.dispose();
    figures.push({ name: `train perplexity, ${layer}`, value: perplexity, printed });
    texts.push({ label: `${layer}, after “time traveller”`, text: characters.decode(vocabulary.decode(tokens)) });
  }
  return { data: `${name}, the first ${corpus.length} characters`, figures, texts };
}
