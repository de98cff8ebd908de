import { typeName } from "../type-name.ts";

/** Token ids as they lie in memory or in a file that is mapped into it. */
export type TokenStream = Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Throws unless `corpus` is one of the typed arrays that hold token ids. */
export function checkCorpus(caller: string, corpus: unknown): void {
  const isTokenStream = [Int32Array, Uint32Array, Uint16Array, Uint8Array].some((type) => corpus instanceof type);
  if (!isTokenStream) {
    throw new TypeError(
      `${caller}: corpus must be an Int32Array or a Uint32Array, Uint16Array or Uint8Array, got ${typeName(corpus)}`,
    );
  }
}
