/** A copy of strings to stop at, none of which may be empty. */
export function checkStopStrings(caller: string, strings: readonly string[]): string[] {
  const empty = strings.indexOf("");
  if (empty >= 0) throw new RangeError(`${caller}: stopStrings must not be empty, got an empty one at index ${empty}`);
  return [...strings];
}
