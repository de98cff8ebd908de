import type { SegmentStatistics } from "./segment-statistics.ts";

/** The score of a corpus: the statistics of all its segments are summed, then scored once. */
export function corpusScore({ metric, values }: SegmentStatistics): number {
  return metric.score(sumSegments(values, metric.width));
}

/** [N, D] -> [D] */
export function sumSegments(values: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let start = 0; start < values.length; start += width) {
    for (let d = 0; d < width; d++) sums[d]! += values[start + d]!;
  }
  return sums;
}
