import { checkSegment } from "./check-segment.ts";
import { terCounter } from "./ter-counter.ts";
import type { TerOptions } from "./ter-options.ts";

/** What TER needs to know of a segment; records of segments, files or workers add up. */
export interface TerStatistics {
  /** Words inserted, deleted or replaced, and spans of words shifted, against the reference that needs the fewest. */
  readonly edits: number;
  /** The mean number of words of the references, an integer where there is one. */
  readonly referenceLength: number;
}

/**
 * The TER statistics of one segment against its references.
 *
 * @param references one or more.
 * @throws TypeError for anything but strings, RangeError for no reference.
 */
export function terStatistics(
  hypothesis: string,
  references: readonly string[],
  options: TerOptions = {},
): TerStatistics {
  checkSegment("terStatistics", hypothesis, references);
  const sums = new Float64Array(2);
  terCounter(options)(hypothesis, references, sums);
  return { edits: sums[0]!, referenceLength: sums[1]! };
}
