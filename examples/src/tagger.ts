import { Tagger } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { taggingBatches } from "@rnnkit/samplers";
import { vocabulary } from "@rnnkit/text";
import { adam, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { taggedSentences, type TaggedSentence } from "./corpora/tagged-sentences.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

/** What a word looks like, which says much of words that training has not seen. */
const VIEWS: Readonly<Record<string, (word: string) => string>> = {
  suffix2: (word) => word.toLowerCase().slice(-2),
  suffix3: (word) => word.toLowerCase().slice(-3),
  prefix2: (word) => word.toLowerCase().slice(0, 2),
  shape: (word) =>
    word
      .slice(0, 8)
      .replace(/\p{Lu}/gu, "A")
      .replace(/\p{Ll}/gu, "a")
      .replace(/\d/g, "0"),
};

/** Both directions used rightly: the part of speech of a word, for which all the words around it may be read. */
export async function tagger({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const corpus = taggedSentences(readData);
  const learnt = isSmall ? corpus.train.slice(0, 600) : corpus.train;
  const validation = isSmall ? corpus.validation.slice(0, 200) : corpus.validation;
  const words = vocabulary(
    learnt.flatMap((sentence) => sentence.words.map((word) => word.toLowerCase())),
    { minFrequency: 2 },
  );
  const tags = vocabulary(
    learnt.flatMap((sentence) => sentence.tags),
    { ordering: "torchtext" },
  );
  const views = Object.entries(VIEWS).map(([view, viewOf]) => {
    const seen = learnt.flatMap((sentence) => sentence.words.map(viewOf));
    return { view, viewOf, vocabulary: vocabulary(seen, { minFrequency: 2 }) };
  });
  const examples = (sentences: readonly TaggedSentence[]) => ({
    inputs: sentences.map((sentence) => words.encode(sentence.words.map((word) => word.toLowerCase()))),
    targets: sentences.map((sentence) => tags.encode(sentence.tags)),
    features: Object.fromEntries(
      views.map(({ view, viewOf, vocabulary: ids }) => [
        view,
        sentences.map((sentence) => ids.encode(sentence.words.map(viewOf))),
      ]),
    ),
  });
  const model = new Tagger(
    {
      vocabSize: words.size,
      numTags: tags.size,
      embeddingSize: 96,
      features: Object.fromEntries(
        views.map(({ view, vocabulary: ids }) => [view, { vocabSize: ids.size, embeddingSize: 24 }]),
      ),
      kind: "lstm",
      hiddenSize: 96,
      embeddingDropout: 0.2, // an unknown word is one whose embedding is dropped
      outputDropout: 0.3,
    },
    { generator: xoshiro128(1) },
  );
  const optimizer = adam({ learningRate: 0.003 });
  const batches = taggingBatches(examples(learnt), { batchSize: 32, seed: 1, bucketBatches: 20, padId: 0 });
  for await (const { epoch, meanLoss } of train({
    parameters: model.parameters,
    batches,
    loss: model.loss,
    optimizer,
    maxGradientNorm: 1,
    numEpochs: isSmall ? 3 : 4,
    reportEvery: batches.epoch(0).length,
  })) {
    log(`epoch ${epoch}: loss ${meanLoss.toFixed(3)}`);
  }
  optimizer.dispose();

  let numRight = 0;
  let numWords = 0;
  let numMost = 0;
  const [most] = [...tags.tokens.keys()].sort((a, b) => tags.frequencies[b]! - tags.frequencies[a]!);
  const held = taggingBatches(examples(validation), { batchSize: 32, padId: 0 }).epoch(0);
  for (const { inputs, shape, lengths, features, targets } of held) {
    const best = tf.tidy(() => {
      const ids = tf.tensor2d(inputs, [shape[0], shape[1]], "int32");
      return tf.argMax(model.logits(ids, { lengths, features }), 1);
    });
    const said = await best.data();
    best.dispose();
    targets.forEach((target, i) => {
      if (i % shape[1] >= lengths[Math.floor(i / shape[1])]!) return; // padding
      numWords++;
      if (said[i] === target) numRight++;
      if (target === most) numMost++;
    });
  }
  model.dispose();
  return {
    data: `${corpus.name}: ${learnt.length} sentences to learn, ${validation.length} of ${numWords} words held out`,
    figures: [
      { name: "accuracy, held-out words", value: numRight / numWords },
      { name: "accuracy of always saying the most frequent tag", value: numMost / numWords },
    ],
  };
}
