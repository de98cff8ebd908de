/**
 * Refuses two arrays that do not belong together item by item.
 *
 * @param caller the name of the public function, for the messages.
 * @param pair two arguments by their names.
 * @throws TypeError for what is no array, RangeError for unequal lengths.
 */
export function checkPairs(caller: string, pair: Readonly<Record<string, ArrayLike<unknown>>>): void {
  for (const [name, list] of Object.entries(pair)) {
    if (typeof list !== "object" || typeof list?.length !== "number") {
      throw new TypeError(`${caller}: ${name} must be an array, got ${list === null ? "null" : typeof list}`);
    }
  }
  const [first, second] = Object.entries(pair) as [[string, ArrayLike<unknown>], [string, ArrayLike<unknown>]];
  if (first[1].length !== second[1].length) {
    throw new RangeError(
      `${caller}: ${second[0]} must have as many items as ${first[0]}, ${first[1].length}, got ${second[1].length}`,
    );
  }
}
