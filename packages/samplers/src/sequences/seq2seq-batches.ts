import type { Batches } from "../batches.ts";
import { maximum } from "../maximum.ts";
import { checkSideBySide } from "./check-side-by-side.ts";
import { packSequences, validLengths } from "./packed-sequences.ts";
import { padRows } from "./pad-rows.ts";
import { checkPadding, type SequencePadding } from "./sequence-padding.ts";
import type { SequenceBatch } from "./sequence-batch.ts";
import { sequenceEpochs, type SequenceOptions } from "./sequence-epochs.ts";

/** One minibatch of pairs of sequences; the consumer owns its arrays. `shape` and `lengths` are those of the targets. */
export interface Seq2SeqBatch extends SequenceBatch {
  /** [B, S], row by row: what the encoder reads. */
  readonly sources: Int32Array;
  /** [B, S] */
  readonly sourceShape: readonly [batchSize: number, numSourceSteps: number];
  /** [B] the valid length of each source. */
  readonly sourceLengths: Int32Array;
  /** [B, T], row by row: what the decoder reads, from `<bos>` on. */
  readonly inputs: Int32Array;
  /** [B, T], row by row: what the decoder is to say, to `<eos>`. */
  readonly targets: Int32Array;
}

/** How pairs of sequences are batched; sources and targets are padded each in their way. */
export interface Seq2SeqOptions extends SequenceOptions {
  readonly source: SequencePadding;
  /** Its `length` counts the targets, from the first token to `<eos>`. */
  readonly target: SequencePadding;
}

/**
 * Minibatches of pairs, for an encoder and a decoder that is fed the right tokens: its inputs are the target sequence from
 * the first id on, its targets the same from the second, so each target is its input shifted by one, in the padding too.
 *
 * @param pairs the ids of each source, with `<eos>` where the model wants one; and of its target, from `<bos>` to `<eos>`.
 *   They are copied.
 * @throws RangeError when there is no pair, fewer pairs than `batchSize`, not as many sources as targets, a source of no
 *   id, a target of fewer than 2, or an option is out of range.
 * @throws TypeError for what is no array of arrays of ids.
 * @see d2l 0.17, `load_data_nmt`, and 1.0, `MTFraEng`: the same arrays, when both `length`s are `num_steps`.
 */
export function seq2seqBatches(
  pairs: { readonly sources: readonly ArrayLike<number>[]; readonly targets: readonly ArrayLike<number>[] },
  options: Seq2SeqOptions,
): Batches<Seq2SeqBatch> {
  const caller = "seq2seqBatches";
  const { source, target } = options;
  checkPadding(caller, source, "source.");
  checkPadding(caller, target, "target.");
  const sources = packSequences(pairs.sources, { caller, name: "sources", minLength: 1 });
  const targets = packSequences(pairs.targets, { caller, name: "targets", minLength: 2 });
  checkSideBySide(caller, { sources: pairs.sources, targets: pairs.targets });
  const allSourceLengths = validLengths(sources, { maxLength: source.length });
  const lengths = validLengths(targets, { numSkipped: 1, maxLength: target.length });
  const numLengths = maximum(lengths) + 1;
  return sequenceEpochs(options, {
    caller,
    lengths,
    numColumns: target.length,
    // By source, then by target, upwards and downwards in turn: a batch over two lengths of source has like targets too.
    keys: Float64Array.from(lengths, (length, i) => {
      const isUpwards = allSourceLengths[i]! % 2 === 1;
      return allSourceLengths[i]! * numLengths + (isUpwards ? length : numLengths - 1 - length);
    }),
    make: (batch) => {
      const sourceLengths = batch.indices.map((index) => allSourceLengths[index]!);
      const sourceShape = [sourceLengths.length, source.length ?? maximum(sourceLengths)] as const;
      return {
        ...batch,
        sources: padRows(sources, { indices: batch.indices, shape: sourceShape }, source),
        sourceShape,
        sourceLengths,
        inputs: padRows(targets, batch, target),
        targets: padRows(targets, batch, { padId: target.padId, numSkipped: 1 }),
      };
    },
  });
}
