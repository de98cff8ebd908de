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

/** A copy of the ids of a prompt, of which there must be one at least. */
export function promptIds(caller: string, prompt: ArrayLike<number>, vocabSize: number): Int32Array {
  if (prompt.length === 0) throw new RangeError(`${caller}: prompt must hold at least one id, got none`);
  return tokenIds(caller, "prompt", prompt, vocabSize);
}
