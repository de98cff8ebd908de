import { tokenIds } from "../../token-ids.ts";

const LARGEST_VOCABULARY = 2 ** 31;

/** A function that returns a copy of `ids`, checked against the size of the vocabulary, which processors see only in a row. */
export function checkedIds(caller: string, name: string, ids: ArrayLike<number>): (vocabSize: number) => Int32Array {
  const copy = tokenIds(caller, name, ids, LARGEST_VOCABULARY);
  let checkedSize = LARGEST_VOCABULARY;
  return (vocabSize) => {
    if (vocabSize !== checkedSize) tokenIds(caller, name, copy, vocabSize);
    checkedSize = vocabSize;
    return copy;
  };
}
