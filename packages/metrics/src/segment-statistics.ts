import { checkStreams, type ReferenceStreams, referencesOf } from "./check-streams.ts";
import type { CorpusMetric } from "./corpus-metric.ts";

/** The statistics of every segment of one system: what samples of its segments are scored from, without the texts. */
export interface SegmentStatistics {
  readonly metric: CorpusMetric;
  /** Those of segment i from i D to (i + 1) D: [N, D], D the metric's width. */
  readonly values: Float64Array;
}

/** Translations of one text by several systems, beside its references. */
export interface SystemOutputs<Systems extends readonly (readonly string[])[]> {
  /** N segments of plain text for each system. */
  readonly systems: Systems;
  /** K streams of N segments: `references[k][i]` belongs to segment i of every system; `undefined` or `null` where none does. */
  readonly references: ReferenceStreams;
}

/**
 * Computes the statistics of every segment, the costly part of a metric, once for all samples that are to be scored.
 *
 * @returns one record for each system, in their order, owned by the caller.
 * @throws TypeError for anything but strings, RangeError where the numbers of segments differ.
 */
export function segmentStatistics<const Systems extends readonly (readonly string[])[]>(
  metric: CorpusMetric,
  { systems, references }: SystemOutputs<Systems>,
): { -readonly [K in keyof Systems]: SegmentStatistics } {
  checkSystems(systems, references);
  const { width } = metric;
  const records = systems.map((segments) => ({ metric, values: new Float64Array(segments.length * width) }));
  const numSegments = systems[0]?.length ?? 0;
  // Segment by segment, not system by system: a metric need not read the same references again.
  for (let i = 0; i < numSegments; i++) {
    const own = referencesOf(i, references);
    for (const [k, { values }] of records.entries()) {
      metric.statistics(systems[k]![i]!, own, values.subarray(i * width, (i + 1) * width));
    }
  }
  return records as { -readonly [K in keyof Systems]: SegmentStatistics };
}

function checkSystems(systems: readonly (readonly string[])[], references: ReferenceStreams): void {
  for (const [k, segments] of systems.entries()) {
    if (segments.length !== systems[0]!.length) {
      throw new RangeError(
        `segmentStatistics: systems[${k}] must have as many segments as systems[0], ${systems[0]!.length}, got ${segments.length}`,
      );
    }
    checkStreams("segmentStatistics", segments, references);
  }
}
