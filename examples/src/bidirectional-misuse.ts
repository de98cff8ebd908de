import { greedy } from "@rnnkit/decoding";
import { prefixStepper, Tagger } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { sequentialBatches } from "@rnnkit/samplers";
import { characters, encodeCorpus, lettersOnlyLines } from "@rnnkit/text";
import { adam, train } from "@rnnkit/training";
import { timeMachine } from "./corpora/time-machine.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

/**
 * A network that reads in both directions, taken for a language model: it sees the character that it is to guess. Its perplexity is
 * splendid, and it cannot write.
 */
export async function bidirectionalMisuse({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const { name, text } = timeMachine(readData);
  const { ids, vocabulary } = encodeCorpus(lettersOnlyLines(text), { tokenizer: characters });
  const corpus = ids.subarray(0, 10_000);
  const vocabSize = vocabulary.size;
  const sizes = { hiddenSize: isSmall ? 32 : 128, numLayers: 2 };
  const model = new Tagger({ vocabSize, numTags: vocabSize, kind: "lstm", ...sizes }, { generator: xoshiro128(1) });
  const batches = sequentialBatches(corpus, { batchSize: 32, numSteps: 35, seed: 1 });
  const optimizer = adam({ learningRate: 0.005 });
  let perplexity = NaN;
  for await (const report of train({
    parameters: model.parameters,
    batches,
    loss: model.loss,
    optimizer,
    maxGradientNorm: 1,
    numEpochs: isSmall ? 15 : 60,
    reportEvery: batches.epoch(0).length,
  })) {
    perplexity = report.perplexity;
    if (report.epoch % 10 === 0) log(`epoch ${report.epoch}: perplexity ${perplexity.toFixed(2)}`);
  }
  optimizer.dispose();
  const stepper = prefixStepper({ vocabSize, logits: (prefix) => model.logits(prefix) });
  const prompt = [...vocabulary.encode(characters.encode("time traveller"))];
  const { tokens } = await greedy(stepper, { prompt, maxLength: isSmall ? 20 : 50 });
  model.dispose();
  return {
    data: `${name}, the first ${corpus.length} characters`,
    figures: [{ name: "“perplexity” in training", value: perplexity, printed: "1.1" }],
    texts: [{ label: "after “time traveller”", text: characters.decode(vocabulary.decode(tokens)) }],
  };
}
