/**
 * Refuses what is no segment with its references.
 *
 * @param caller the name of the public function, for the messages.
 * @throws TypeError for anything but strings, RangeError for no reference.
 */
export function checkSegment(caller: string, hypothesis: string, references: readonly string[]): void {
  if (typeof hypothesis !== "string") {
    throw new TypeError(`${caller}: hypothesis must be a string, got ${typeof hypothesis}`);
  }
  if (!Array.isArray(references)) {
    throw new TypeError(`${caller}: references must be an array of strings, got ${typeof references}`);
  }
  if (references.length === 0) throw new RangeError(`${caller}: references must hold at least one, got 0`);
  const other = references.findIndex((reference) => typeof reference !== "string");
  if (other >= 0) {
    throw new TypeError(`${caller}: references[${other}] must be a string, got ${typeof references[other]}`);
  }
}
