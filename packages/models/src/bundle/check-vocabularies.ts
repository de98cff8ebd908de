import { vocabularyFile } from "./bundle.ts";

/** Throws a RangeError that names `caller` and the file unless each vocabulary that a model needs is there, of its size. */
export function checkVocabularies(
  caller: string,
  sizes: ReadonlyMap<string, number>,
  needed: Readonly<Record<string, number>>,
): void {
  for (const [name, size] of Object.entries(needed)) {
    const found = sizes.get(name);
    if (found !== size) {
      throw new RangeError(
        `${caller}: ${vocabularyFile(name)} must hold the model's ${size} tokens, got ${found ?? "no such vocabulary"}`,
      );
    }
  }
}
