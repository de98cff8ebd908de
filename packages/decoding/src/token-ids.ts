export function isTokenId(id: number, vocabSize: number): boolean {
  return Number.isInteger(id) && id >= 0 && id < vocabSize;
}

/** A copy of `ids`, which must all lie in the vocabulary. */
export function tokenIds(caller: string, name: string, ids: ArrayLike<number>, vocabSize: number): Int32Array {
  for (let i = 0; i < ids.length; i++) {
    if (!isTokenId(ids[i]!, vocabSize)) {
      throw new RangeError(`${caller}: ${name} must hold ids from 0 to ${vocabSize - 1}, got ${ids[i]} at index ${i}`);
    }
  }
  return Int32Array.from(ids);
}

/** A copy of `ids`, of which there must be one at least, all in the vocabulary. */
export function someTokenIds(caller: string, name: string, ids: ArrayLike<number>, vocabSize: number): Int32Array {
  if (ids.length === 0) throw new RangeError(`${caller}: ${name} must hold at least one id, got none`);
  return tokenIds(caller, name, ids, vocabSize);
}
