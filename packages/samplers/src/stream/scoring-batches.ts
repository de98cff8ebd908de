import type { Epoch } from "../batches.ts";
import { checkCorpus, type TokenStream } from "./token-stream.ts";
import { checkPositiveInteger } from "../check-positive-integer.ts";
import { contiguousRows } from "./contiguous-rows.ts";
import { plannedEpoch } from "./planned-epoch.ts";

/**
 * All of a token stream in order, for measuring a loss or a perplexity: every token but the first, which follows
 * nothing, is a target exactly once.
 *
 * With one row the state is carried through the whole stream, so each token is scored after all before it. More rows
 * are faster, but each starts where its segment starts, with a fresh state; tokens that do not divide among the rows
 * come last, as one row of their own. A batch of fewer rows is never a continuation; a last batch of fewer steps is.
 *
 * @param corpus token ids; borrowed for as long as the batches are used.
 * @param options numSteps T, and batchSize B: default 1.
 * @throws RangeError when `corpus` holds fewer than 2 tokens, or an option is not a positive integer.
 * @throws TypeError when `corpus` is not a typed array of ids.
 */
export function scoringBatches(
  corpus: TokenStream,
  { numSteps, batchSize = 1 }: { numSteps: number; batchSize?: number },
): Epoch {
  checkCorpus("scoringBatches", corpus);
  checkPositiveInteger("scoringBatches", "numSteps", numSteps);
  checkPositiveInteger("scoringBatches", "batchSize", batchSize);
  if (corpus.length < 2) {
    throw new RangeError(`scoringBatches: corpus must hold at least 2 tokens, got ${corpus.length}`);
  }
  const rowLength = Math.floor((corpus.length - 1) / batchSize);
  const numInRows = rowLength * batchSize;
  const numLeft = corpus.length - 1 - numInRows;
  return plannedEpoch(corpus, [
    ...contiguousRows({ first: 0, numRows: batchSize, rowLength, numSteps }),
    ...contiguousRows({ first: numInRows, numRows: 1, rowLength: numLeft, numSteps }),
  ]);
}
