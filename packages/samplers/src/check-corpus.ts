/** Throws unless `corpus` is an Int32Array. */
export function checkCorpus(caller: string, corpus: unknown): void {
  if (!(corpus instanceof Int32Array)) {
    throw new TypeError(
      `${caller}: corpus must be an Int32Array, got ${Array.isArray(corpus) ? "array" : typeof corpus}`,
    );
  }
}
