/** How sequences of unequal length become rows of one. */
export interface PadOptions {
  /** What fills up rows; it should stand in no sequence, and may be negative, as labels to ignore are. */
  readonly padId: number;
  /** T, with `bosId` and `eosId`; default that of the longest. Longer sequences are cut. */
  readonly length?: number;
  /** Put before each sequence; default none. */
  readonly bosId?: number;
  /** Put after each sequence; default none. */
  readonly eosId?: number;
  /** Whether `eosId` also stands at the end of what was cut there; default false, as in d2l, where it is cut off. */
  readonly keepsEos?: boolean;
  /** Which end of a long sequence is cut off; default `end`. */
  readonly cutAt?: "start" | "end";
  /** Where padding stands; default `end`. */
  readonly padAt?: "start" | "end";
}

/** Rows of equal length. */
export interface PaddedSequences {
  /** [N, T], row by row. */
  readonly ids: Int32Array;
  /** [N] how many ids of each row are not padding. */
  readonly validLengths: Int32Array;
  readonly shape: readonly [numSequences: number, length: number];
}

/**
 * Pads and cuts sequences of ids to rows of one length, for a model that computes them together.
 *
 * With `length: numSteps, eosId` the rows are those of d2l's `build_array_nmt` (0.17), and the labels of `MTFraEng` (1.0); what
 * d2l feeds its decoder in training is the same with `bosId` too.
 *
 * @param sequences N, borrowed.
 * @returns arrays that the caller owns.
 * @throws RangeError for ids that are no integers, and a `length` that is no positive integer.
 */
export function padSequences(
  sequences: readonly ArrayLike<number>[],
  { padId, length, bosId, eosId, keepsEos = false, cutAt = "end", padAt = "end" }: PadOptions,
): PaddedSequences {
  const before = bosId === undefined ? [] : [bosId];
  const after = eosId === undefined ? [] : [eosId];
  for (const [name, id] of Object.entries({ padId, bosId: bosId ?? 0, eosId: eosId ?? 0 })) checkId(name, id);
  if (length !== undefined && !(Number.isInteger(length) && length > 0)) {
    throw new RangeError(`padSequences: length must be a positive integer, got ${length}`);
  }
  const longest = sequences.reduce((most, sequence) => Math.max(most, sequence.length), 0);
  const rowLength = length ?? before.length + longest + after.length;
  const ids = new Int32Array(sequences.length * rowLength).fill(padId);
  const validLengths = new Int32Array(sequences.length);
  sequences.forEach((sequence, n) => {
    const fullLength = before.length + sequence.length + after.length;
    const valid = Math.min(fullLength, rowLength);
    validLengths[n] = valid;
    const row = n * rowLength + (padAt === "end" ? 0 : rowLength - valid);
    const cut = cutAt === "end" ? 0 : fullLength - valid;
    for (let t = 0; t < valid; t++) {
      const i = cut + t - before.length;
      const id = i < 0 ? before[0]! : i < sequence.length ? sequence[i]! : after[0]!;
      checkId("ids", id);
      ids[row + t] = id;
    }
    if (keepsEos && eosId !== undefined) ids[row + valid - 1] = eosId;
  });
  return { ids, validLengths, shape: [sequences.length, rowLength] };
}

function checkId(name: string, id: number): void {
  if ((id | 0) !== id) throw new RangeError(`padSequences: ${name} must be 32-bit integers, got ${id}`);
}
