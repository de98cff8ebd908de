import { multinomial } from "@rnnkit/decoding";
import { SequenceGenerator, sequenceGeneratorStepper } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { splitExamples, taggingBatches, type TaggingBatch } from "@rnnkit/samplers";
import { characters, oneHotRows, vocabulary } from "@rnnkit/text";
import { adam, evaluate, train } from "@rnnkit/training";
import { labelledNames } from "./corpora/labelled-names.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

const BOS = 1;
const EOS = 2;

/** One to many: a name, letter by letter, from a vector that says the nationality and nothing else. */
export async function namesGenerated({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const { name, classes, names } = labelledNames(readData);
  const some = isSmall ? names.filter((_, i) => i % 10 === 0) : names;
  const { train: learnt, validation } = splitExamples(some, { validationFraction: 0.1, seed: 1 });
  const letters = vocabulary(
    learnt.flatMap(({ text }) => characters.encode(text)),
    { reserved: ["<bos>", "<eos>"] },
  );
  const batchesOf = (part: typeof learnt, options: { seed?: number }) => {
    const ids = part.map(({ text }) => [BOS, ...letters.encode(characters.encode(text)), EOS]);
    const examples = { inputs: ids.map((row) => row.slice(0, -1)), targets: ids.map((row) => row.slice(1)) };
    return taggingBatches(examples, { batchSize: 64, padId: 0, bucketBatches: 20, ...options });
  };
  const model = new SequenceGenerator(
    { vocabSize: letters.size, vectorSize: classes.length, kind: "gru", hiddenSize: 128 },
    { generator: xoshiro128(1) },
  );
  /** The loss of a batch of some names, each from the one-hot vector of its class; `shift` makes the vectors wrong. */
  const lossOf =
    (part: typeof learnt, { shift = 0 } = {}) =>
    (batch: TaggingBatch) => {
      const labels = Array.from(batch.indices, (index) => (part[index]!.label + shift) % classes.length);
      return model.loss({ ...batch, vectors: oneHotRows(labels, classes.length) });
    };
  const optimizer = adam({ learningRate: 0.003 });
  const batches = batchesOf(learnt, { seed: 1 });
  for await (const { epoch, meanLoss } of train({
    parameters: model.parameters,
    batches,
    loss: lossOf(learnt),
    optimizer,
    maxGradientNorm: 1,
    numEpochs: isSmall ? 4 : 8,
    reportEvery: batches.epoch(0).length,
  })) {
    log(`epoch ${epoch}: ${meanLoss.toFixed(3)} nats a letter`);
  }
  optimizer.dispose();
  const held = batchesOf(validation, {}).epoch(0);
  const right = await evaluate({ batches: held, loss: lossOf(validation) });
  const wrong = await evaluate({ batches: held, loss: lossOf(validation, { shift: 1 }) });

  const generator = xoshiro128(1);
  const texts = [];
  for (const [label, nationality] of classes.entries()) {
    const stepper = sequenceGeneratorStepper(model, oneHotRows([label], classes.length));
    const written = [];
    for (let i = 0; i < 4; i++) {
      const options = { prompt: [BOS], maxLength: 20, endTokens: [EOS], temperature: 0.6, generator };
      const { tokens } = await multinomial(stepper, options);
      written.push(letters.decode(tokens.filter((id) => id !== EOS)).join(""));
    }
    texts.push({ label: nationality, text: written.join(", ") });
  }
  model.dispose();
  return {
    data: `${name}: ${learnt.length} to learn, ${validation.length} held out`,
    figures: [
      { name: "perplexity a letter, held out", value: Math.exp(right.totalNats / right.count) },
      { name: "the same with the vector of another class", value: Math.exp(wrong.totalNats / wrong.count) },
    ],
    texts,
  };
}
