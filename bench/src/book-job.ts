import { useBackend } from "@rnnkit/backends";
import { integer, normal, xoshiro128 } from "@rnnkit/random";
import { bookModel } from "./book-model.ts";

export interface BookSizes {
  /** The perceptron of 8.1, the recurrent network of 8.5 out of its equations, the bidirectional LSTM of 9.4. */
  readonly model: "perceptron" | "equations" | "bidirectional";
  readonly batchSize: number;
  /** The width of the perceptron's window, T of the others. */
  readonly numSteps: number;
  readonly hiddenSize: number;
  /** V of the language models. */
  readonly vocabSize: number;
  /** Steps of an iteration. */
  readonly numBatches: number;
}

/** Windows [B, T, 1] and the value after each, [B, 1, 1]; or ids [B, T] and the ids that follow. */
export interface BookBatch {
  readonly inputs: Float32Array | Int32Array;
  readonly targets: Float32Array | Int32Array;
  readonly shape: readonly [number, number] | readonly [number, number, number];
  /** Of windows. */
  readonly targetShape?: readonly [number, number, number];
  readonly isContinuation: false;
}

/** Training steps of one of the book's models that every engine does from the same parameters on the same batches. */
export interface BookJob extends BookSizes {
  readonly batches: readonly BookBatch[];
  readonly parameters: Readonly<Record<string, Float32Array>>;
  readonly learningRate: number;
  /** Default: gradients are not clipped. */
  readonly maxGradientNorm?: number;
}

export async function bookJob(sizes: BookSizes): Promise<BookJob> {
  const generator = xoshiro128(1);
  await useBackend({ name: "cpu" });
  const model = bookModel(sizes, generator);
  const parameters = Object.fromEntries(
    Object.entries(model.parameters).map(([name, variable]) => [name, variable.dataSync<"float32">()]),
  );
  model.dispose();
  const { batchSize, numSteps, vocabSize, numBatches } = sizes;
  if (sizes.model !== "perceptron") {
    const ids = () => Int32Array.from({ length: batchSize * numSteps }, () => integer(generator, vocabSize));
    const batch = (): BookBatch => {
      return { inputs: ids(), targets: ids(), shape: [batchSize, numSteps], isContinuation: false };
    };
    const batches = Array.from({ length: numBatches }, batch);
    return { ...sizes, batches, parameters, learningRate: 1, maxGradientNorm: 1 };
  }
  // The book's noisy sine, windows in order.
  const series = Float32Array.from(
    { length: numBatches * batchSize + numSteps },
    (_, i) => Math.sin(0.01 * (i + 1)) + normal(generator, { standardDeviation: 0.2 }),
  );
  const batches = Array.from({ length: numBatches }, (_, k): BookBatch => {
    const starts = Array.from({ length: batchSize }, (_, row) => k * batchSize + row);
    return {
      inputs: Float32Array.from(starts.flatMap((start) => [...series.subarray(start, start + numSteps)])),
      targets: Float32Array.from(starts, (start) => series[start + numSteps]!),
      shape: [batchSize, numSteps, 1],
      targetShape: [batchSize, 1, 1],
      isContinuation: false,
    };
  });
  return { ...sizes, batches, parameters, learningRate: 0.01 };
}
