import type { Batches } from "../batches.ts";
import { checkSideBySide } from "./check-side-by-side.ts";
import { packSequences, validLengths } from "./packed-sequences.ts";
import { padRows } from "./pad-rows.ts";
import { checkId, checkPadding, type SequencePadding } from "./sequence-padding.ts";
import type { SequenceBatch } from "./sequence-batch.ts";
import { sequenceEpochs, type SequenceOptions } from "./sequence-epochs.ts";

/** One minibatch of sequences with a tag for each id; the consumer owns its arrays. */
export interface TaggingBatch extends SequenceBatch {
  /** [B, T], row by row. */
  readonly inputs: Int32Array;
  /** [B, T], row by row: the tag of each input, and the id to ignore where the input is padding. */
  readonly targets: Int32Array;
  /** By name, [B, T] each, row by row: other ids of each input, such as that of its suffix; 0 where the input is padding. */
  readonly features: Readonly<Record<string, Int32Array>>;
}

/** How sequences with tags are batched. */
export interface TaggingOptions extends SequenceOptions, SequencePadding {
  /** The target of padding, which a loss leaves out. Default -100, that of PyTorch. */
  readonly ignoreId?: number;
}

/**
 * Minibatches of sequences that have a tag for each of their ids: padded rows of both, and their valid lengths. Of separate
 * lines for a language model, take all ids but the last as inputs, and all but the first as targets.
 *
 * @param examples the ids of each sequence, and of its tags; by name, other ids of each of its tokens. All are copied.
 * @throws RangeError when there is no example, fewer than `batchSize`, not as many inputs as targets or ids as tags, an
 *   input of no id, or an option out of range.
 * @throws TypeError for what is no array of arrays of ids.
 */
export function taggingBatches(
  {
    inputs,
    targets,
    features = {},
  }: {
    readonly inputs: readonly ArrayLike<number>[];
    readonly targets: readonly ArrayLike<number>[];
    readonly features?: Readonly<Record<string, readonly ArrayLike<number>[]>>;
  },
  options: TaggingOptions,
): Batches<TaggingBatch> {
  const caller = "taggingBatches";
  const { ignoreId = -100 } = options;
  checkPadding(caller, options);
  checkId(caller, "ignoreId", ignoreId);
  const packed = packSequences(inputs, { caller, name: "inputs", minLength: 1 });
  const tags = packSequences(targets, { caller, name: "targets", minLength: 0 });
  checkIdById(caller, { inputs, targets }, "targets");
  const packedFeatures = Object.entries(features).map(([feature, sequences]) => {
    const name = `features.${feature}`;
    const packedFeature = packSequences(sequences, { caller, name, minLength: 0 });
    checkIdById(caller, { inputs, [name]: sequences }, name);
    return [feature, packedFeature] as const;
  });
  return sequenceEpochs(options, {
    caller,
    lengths: validLengths(packed, { maxLength: options.length }),
    numColumns: options.length,
    make: (batch) => ({
      ...batch,
      inputs: padRows(packed, batch, options),
      targets: padRows(tags, batch, { padId: ignoreId }),
      features: Object.fromEntries(packedFeatures.map(([name, ids]) => [name, padRows(ids, batch, { padId: 0 })])),
    }),
  });
}

/** Throws unless there is a sequence of `name` for each of `inputs`, of as many ids. */
function checkIdById(
  caller: string,
  parts: Readonly<Record<string, readonly ArrayLike<number>[]>>,
  name: string,
): void {
  checkSideBySide(caller, parts);
  parts["inputs"]!.forEach(({ length }, i) => {
    const count = parts[name]![i]!.length;
    if (count !== length) {
      throw new RangeError(`${caller}: ${name}[${i}] must hold one for each of ${length} ids, got ${count}`);
    }
  });
}
