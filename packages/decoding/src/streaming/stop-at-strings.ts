import { checkStopStrings } from "./check-stop-strings.ts";
import type { StopCondition } from "./stop-condition.ts";

/**
 * A stop condition that holds once the text contains one of some strings, wherever tokens begin and end in it. The
 * tokens of the string are part of the stream; `streamText` with `stopStrings` leaves it out of the text.
 *
 * @param stopStrings none of them empty; copied.
 * @param decode the text of all ids generated so far.
 * @throws RangeError for an empty string.
 */
export function stopAtStrings(
  stopStrings: readonly string[],
  decode: (generated: Int32Array) => string,
): StopCondition {
  const strings = checkStopStrings("stopAtStrings", stopStrings);
  return (generated) => {
    const text = decode(generated);
    return strings.some((string) => text.includes(string));
  };
}
