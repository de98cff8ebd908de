/** Throws unless there are as many of one part of the examples as of the other. */
export function checkSideBySide(caller: string, parts: Readonly<Record<string, ArrayLike<unknown>>>): void {
  const names = Object.keys(parts).join(" and ");
  const lengths = Object.values(parts).map(({ length }) => length);
  if (new Set(lengths).size > 1) {
    throw new RangeError(`${caller}: ${names} must be equally many, got ${lengths.join(" and ")}`);
  }
}
