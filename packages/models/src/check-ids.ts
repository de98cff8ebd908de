/** Throws unless every id is an integer from 0 to `vocabSize - 1`: a backend would not notice one that is not. */
export function checkIds(argument: string, ids: Int32Array, vocabSize: number): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id < 0 || id >= vocabSize) {
      throw new RangeError(`${argument} must hold ids from 0 to ${vocabSize - 1}, got ${id} at index ${i}`);
    }
  }
}
