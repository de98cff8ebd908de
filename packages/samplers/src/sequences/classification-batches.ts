import type { Batches } from "../batches.ts";
import { typeName } from "../type-name.ts";
import { checkSideBySide } from "./check-side-by-side.ts";
import { packSequences, validLengths } from "./packed-sequences.ts";
import { padRows } from "./pad-rows.ts";
import { checkPadding, type SequencePadding } from "./sequence-padding.ts";
import type { SequenceBatch } from "./sequence-batch.ts";
import { sequenceEpochs, type SequenceOptions } from "./sequence-epochs.ts";

/** One minibatch of sequences with a class each; the consumer owns its arrays. */
export interface ClassificationBatch extends SequenceBatch {
  /** [B, T], row by row. */
  readonly inputs: Int32Array;
  /** [B] the class of each row. */
  readonly targets: Int32Array;
}

/**
 * Minibatches of sequences that have a class each: padded rows, their valid lengths, and their classes.
 *
 * @param examples the ids of each sequence, and its class, from 0; copied.
 * @throws RangeError when there is no example, fewer than `batchSize`, not as many inputs as targets, an input of no id, a
 *   class that is no non-negative integer, or an option out of range.
 * @throws TypeError for what is no array of arrays of ids, or no array of classes.
 */
export function classificationBatches(
  { inputs, targets }: { readonly inputs: readonly ArrayLike<number>[]; readonly targets: ArrayLike<number> },
  options: SequenceOptions & SequencePadding,
): Batches<ClassificationBatch> {
  const caller = "classificationBatches";
  checkPadding(caller, options);
  const packed = packSequences(inputs, { caller, name: "inputs", minLength: 1 });
  const classes = checkClasses(caller, targets);
  checkSideBySide(caller, { inputs, targets });
  return sequenceEpochs(options, {
    caller,
    lengths: validLengths(packed, { maxLength: options.length }),
    numColumns: options.length,
    make: (batch) => ({
      ...batch,
      inputs: padRows(packed, batch, options),
      targets: batch.indices.map((index) => classes[index]!),
    }),
  });
}

function checkClasses(caller: string, targets: ArrayLike<number>): Int32Array {
  if (typeof targets !== "object" || typeof targets?.length !== "number") {
    throw new TypeError(`${caller}: targets must be an array of classes, got ${typeName(targets)}`);
  }
  const classes = Int32Array.from(targets);
  classes.forEach((each, i) => {
    if (each !== targets[i] || each < 0) {
      throw new RangeError(`${caller}: targets[${i}] must be a non-negative 32-bit integer, got ${targets[i]}`);
    }
  });
  return classes;
}
