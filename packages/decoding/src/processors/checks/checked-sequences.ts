import { checkedIds } from "./checked-ids.ts";

/** `checkedIds` for each of several sequences, none of which may be empty. */
export function checkedSequences(
  caller: string,
  name: string,
  sequences: readonly ArrayLike<number>[],
): (vocabSize: number) => readonly Int32Array[] {
  const checked = sequences.map((ids, i) => {
    if (ids.length === 0) throw new RangeError(`${caller}: ${name} must not be empty, got an empty one at index ${i}`);
    return checkedIds(caller, name, ids);
  });
  return (vocabSize) => checked.map((ids) => ids(vocabSize));
}
