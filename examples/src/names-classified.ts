import { classificationScores, confusionMatrix } from "@rnnkit/metrics";
import { TextClassifier } from "@rnnkit/models";
import { xoshiro128 } from "@rnnkit/random";
import { classificationBatches, splitExamples } from "@rnnkit/samplers";
import { characters, vocabulary } from "@rnnkit/text";
import { adam, train } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { labelledNames } from "./corpora/labelled-names.ts";
import { heatMap } from "./drawings/heat-map.ts";
import type { ExampleOptions, ExampleResult } from "./example.ts";

/** Many to one: which nationality a surname has, letter by letter. */
export async function namesClassified({ readData, isSmall, log }: ExampleOptions): Promise<ExampleResult> {
  const { name, classes, names } = labelledNames(readData);
  const some = isSmall ? names.filter((_, i) => i % 10 === 0) : names;
  const { train: learnt, validation } = splitExamples(some, { validationFraction: 0.2, seed: 1 });
  const letters = vocabulary(learnt.flatMap(({ text }) => characters.encode(text)));
  const examples = (part: typeof learnt) => ({
    inputs: part.map(({ text }) => letters.encode(characters.encode(text))),
    targets: part.map(({ label }) => label),
  });
  const model = new TextClassifier(
    {
      vocabSize: letters.size,
      numClasses: classes.length,
      kind: "gru",
      hiddenSize: 128,
      isBidirectional: true,
      outputDropout: 0.3,
    },
    { generator: xoshiro128(1) },
  );
  const optimizer = adam({ learningRate: 0.003 });
  const batches = classificationBatches(examples(learnt), { batchSize: 64, seed: 1, bucketBatches: 20, padId: 0 });
  for await (const { epoch, meanLoss } of train({
    parameters: model.parameters,
    batches,
    loss: model.loss,
    optimizer,
    maxGradientNorm: 1,
    numEpochs: isSmall ? 3 : 8,
    reportEvery: batches.epoch(0).length,
  })) {
    log(`epoch ${epoch}: loss ${meanLoss.toFixed(3)}`);
  }
  optimizer.dispose();

  const predictions: number[] = [];
  const references: number[] = [];
  for (const { inputs, shape, lengths, targets } of classificationBatches(examples(validation), {
    batchSize: 64,
    padId: 0,
  }).epoch(0)) {
    const best = tf.tidy(() => tf.argMax(model.logits(tf.tensor2d(inputs, [...shape], "int32"), { lengths }), 1));
    predictions.push(...(await best.data()));
    references.push(...targets);
    best.dispose();
  }
  model.dispose();
  const matrix = confusionMatrix(predictions, references, { labels: classes.map((_, i) => i) });
  const { accuracy, macro } = classificationScores(matrix);
  const countOf = (label: number) => references.filter((reference) => reference === label).length;
  const counts = classes.map((_, label) => countOf(label));
  const shares = classes.map((_, row) =>
    classes.map((__, column) => {
      const count = references.filter((reference, i) => reference === row && predictions[i] === column).length;
      return count / Math.max(1, counts[row]!);
    }),
  );
  return {
    data: `${name}: ${learnt.length} to learn, ${validation.length} held out`,
    figures: [
      { name: "accuracy, held out", value: accuracy },
      { name: "accuracy of always saying the most frequent class", value: Math.max(...counts) / references.length },
      { name: "macro F1, held out", value: macro.f1 },
    ],
    drawings: {
      "names-classified.svg": heatMap(shares, { title: "Said of each class", rows: classes, columns: classes }),
    },
  };
}
