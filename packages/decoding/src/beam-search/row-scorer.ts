import { hasMask, maskTokens } from "../constraints/token-mask.ts";
import type { Normalizer } from "../normalizer.ts";
import { processorContext } from "../processor-context.ts";
import { type Beam, writeTokens } from "./beam.ts";
import type { DecodingRequest } from "../decoding-options.ts";
import type { LoadedRow } from "../row-kernels/loaded-row.ts";
import type { ScoredRow } from "./scored-row.ts";

/** One row of the model's output, and the live sequence that it continues. */
export interface BeamRow {
  readonly beam: Beam;
  /** The number of tokens of the sequence. */
  readonly length: number;
  /** [V] */
  readonly logits: Float32Array;
  /** The logits, where they are loaded. */
  readonly loaded?: LoadedRow;
  readonly firstIndex: number;
}

/**
 * Scores rows one after the other: constraints forbid, then processors change the log-probabilities. Where there are none
 * the scores are the logits themselves; a copy is a row that the next call writes over.
 */
export function rowScorer(
  request: DecodingRequest,
): (row: BeamRow, normalizer: Normalizer, earlierGroupTokens: ArrayLike<number>) => ScoredRow {
  const { caller, vocabSize, prompt, endTokens, processors } = request;
  let scratch = new Float32Array(0);
  let ids = prompt; // with room for more behind
  const history = (beam: Beam, length: number): Int32Array => {
    const end = prompt.length + length;
    if (ids.length < end) {
      ids = new Int32Array(2 * end);
      ids.set(prompt);
    }
    return writeTokens(beam, length, ids, prompt.length).subarray(0, end);
  };
  return ({ beam, length, logits, loaded, firstIndex }, { max, logSum }, earlierGroupTokens) => {
    const mustGoOn = (beam.phrases?.numMissing ?? 0) > 0;
    if (processors.length === 0 && !mustGoOn && !hasMask(request, length)) {
      return { scores: logits, loaded, max, logSum, sum: beam.sum, firstIndex };
    }
    if (scratch.length === 0) scratch = new Float32Array(vocabSize);
    scratch.set(logits);
    const isProcessed = processors.length > 0;
    if (isProcessed) for (let i = 0; i < vocabSize; i++) scratch[i] = scratch[i]! - max - logSum;
    const soFar = history(beam, length);
    if (mustGoOn) for (const end of endTokens) scratch[end] = -Infinity;
    maskTokens(request, scratch, soFar.subarray(prompt.length));
    if (!isProcessed) return { scores: scratch, max, logSum, sum: beam.sum, firstIndex };
    const context = processorContext(request, soFar, earlierGroupTokens);
    for (const process of processors) process(scratch, context);
    const bad = scratch.findIndex((score) => !(score < Infinity));
    if (bad >= 0) {
      throw new RangeError(
        `${caller}: processors must give finite scores or -Infinity, got ${scratch[bad]} at index ${bad}`,
      );
    }
    return { scores: scratch, max: 0, logSum: 0, sum: beam.sum, firstIndex };
  };
}
