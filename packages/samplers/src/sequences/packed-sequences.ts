import { typeName } from "../type-name.ts";

/** Sequences of ids, one behind the other in one array. */
export interface PackedSequences {
  readonly ids: Int32Array;
  /** [N + 1] where each sequence begins, and where the last one ends. */
  readonly offsets: Int32Array;
}

/**
 * Copies sequences behind each other.
 *
 * @param options name: what they are called; minLength: the ids that each must hold.
 * @throws RangeError for a sequence that is shorter or holds what is no 32-bit integer.
 * @throws TypeError for what is no array, or no array of arrays.
 */
export function packSequences(
  sequences: readonly ArrayLike<number>[],
  { caller, name, minLength }: { caller: string; name: string; minLength: number },
): PackedSequences {
  if (!Array.isArray(sequences)) throw new TypeError(`${caller}: ${name} must be an array, got ${typeName(sequences)}`);
  const offsets = new Int32Array(sequences.length + 1);
  sequences.forEach((sequence: ArrayLike<number> | null | undefined, i) => {
    if (typeof sequence !== "object" || typeof sequence?.length !== "number") {
      throw new TypeError(`${caller}: ${name}[${i}] must be an array of ids, got ${typeName(sequence)}`);
    }
    if (sequence.length < minLength) {
      throw new RangeError(`${caller}: ${name}[${i}] must hold at least ${ids(minLength)}, got ${sequence.length}`);
    }
    offsets[i + 1] = offsets[i]! + sequence.length;
  });
  const packed = new Int32Array(offsets[sequences.length]!);
  let cell = 0;
  sequences.forEach((sequence, i) => {
    for (let j = 0; j < sequence.length; j++, cell++) {
      packed[cell] = sequence[j]!;
      if (packed[cell] !== sequence[j]) {
        throw new RangeError(`${caller}: ${name}[${i}] must hold 32-bit integers, got ${sequence[j]}`);
      }
    }
  });
  return { ids: packed, offsets };
}

function ids(count: number): string {
  return count === 1 ? "1 id" : `${count} ids`;
}

/**
 * The valid length of each sequence as a row.
 *
 * @param options numSkipped: the ids at its beginning that are left out; maxLength: to what the rest is cut, default not.
 */
export function validLengths(
  { offsets }: PackedSequences,
  { numSkipped = 0, maxLength = Infinity }: { numSkipped?: number; maxLength?: number | undefined } = {},
): Int32Array {
  const lengths = new Int32Array(offsets.length - 1);
  for (let i = 0; i < lengths.length; i++) lengths[i] = Math.min(offsets[i + 1]! - offsets[i]! - numSkipped, maxLength);
  return lengths;
}
