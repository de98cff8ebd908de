/**
 * Refuses statistics that are no counts.
 *
 * @param caller the name of the public function, for the message.
 * @param counts each by the name that the message gives it.
 * @throws RangeError for what is no non-negative integer.
 */
export function checkCounts(caller: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new RangeError(`${caller}: ${name} must be a non-negative integer, got ${count}`);
    }
  }
}
