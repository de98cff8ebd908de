import type { Batches } from "../batches.ts";
import { checkPositiveInteger } from "../check-positive-integer.ts";
import { exampleEpochs } from "../example-epochs.ts";
import { checkExampleOptions, type ExampleOptions } from "../example-options.ts";
import type { Batch } from "./batch.ts";
import { cutBatch } from "./cut-batch.ts";
import { checkCorpus, type TokenStream } from "./token-stream.ts";

/** How the windows of a token stream are batched. */
export interface WindowOptions extends ExampleOptions {
  /** T, the inputs of a window; with the last target it covers T + 1 tokens. */
  readonly numSteps: number;
  /** The tokens from the start of a window to that of the next. Default 1, all windows; T: windows that do not overlap. */
  readonly stride?: number;
}

/**
 * Minibatches of the windows of a token stream, shuffled if there is a seed: a stream of N tokens has N - T windows of
 * stride 1, in which a token occurs up to T times. None is a continuation.
 *
 * @param corpus token ids; borrowed for as long as the batches are used. Its first n + T tokens hold the first n windows.
 * @throws RangeError when `batchSize` is greater than the number of windows, or an option is out of range.
 * @throws TypeError when `corpus` is not a typed array of ids.
 * @see d2l 1.0, `TimeMachine`: trains on shuffled windows, validates on those that follow, in their order.
 */
export function windowBatches(corpus: TokenStream, options: WindowOptions): Batches<Batch> {
  const { numSteps, stride = 1 } = options;
  checkCorpus("windowBatches", corpus);
  checkPositiveInteger("windowBatches", "numSteps", numSteps);
  checkPositiveInteger("windowBatches", "stride", stride);
  const numExamples = Math.max(0, Math.ceil((corpus.length - numSteps) / stride));
  checkExampleOptions("windowBatches", options, { numExamples, name: "windows" });
  return exampleEpochs(options, {
    numExamples,
    make: (indices) =>
      cutBatch(corpus, { starts: indices.map((index) => index * stride), numSteps, isContinuation: false }),
  });
}
