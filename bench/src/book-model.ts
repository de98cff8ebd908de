import { MarkovRegression, Tagger } from "@rnnkit/models";
import type { Generator } from "@rnnkit/random";
import { adam, sgd, type Loss, type Optimizer } from "@rnnkit/training";
import type * as tf from "@tensorflow/tfjs";
import { bareRNN } from "./bare-rnn.ts";
import type { BookBatch, BookSizes } from "./book-job.ts";

interface BookModel {
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  readonly loss: Loss<BookBatch, Record<string, never>>;
  readonly optimizer: (options: { readonly learningRate: number }) => Optimizer;
  dispose(): void;
}

/** The model of a setting, with the book's optimizer; the caller disposes it. */
export function bookModel({ model, numSteps, hiddenSize, vocabSize }: BookSizes, generator: Generator): BookModel {
  switch (model) {
    case "perceptron": {
      const config = { order: numSteps, hiddenSizes: [hiddenSize], initialization: "keras" } as const; // Glorot's
      return withOptimizer(new MarkovRegression(config, { generator }), adam);
    }
    case "equations":
      return withOptimizer(bareRNN(generator, { vocabSize, hiddenSize }), sgd);
    case "bidirectional": {
      const config = { kind: "lstm", numLayers: 2, vocabSize, numTags: vocabSize, hiddenSize } as const;
      return withOptimizer(new Tagger(config, { generator }), sgd);
    }
  }
}

/** The batches of a setting are those that its model reads. */
function withOptimizer(
  model: Pick<BookModel, "parameters" | "dispose"> & { readonly loss: unknown },
  optimizer: BookModel["optimizer"],
): BookModel {
  return {
    parameters: model.parameters,
    loss: model.loss as BookModel["loss"],
    optimizer,
    dispose: () => model.dispose(),
  };
}
