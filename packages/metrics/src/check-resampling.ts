import type { SegmentStatistics } from "./segment-statistics.ts";

/** Refuses statistics that are not those of one metric on the same number of segments. */
export function checkPairedSystems(
  caller: string,
  baseline: SegmentStatistics,
  systems: readonly SegmentStatistics[],
): void {
  checkSegments(caller, "baseline", baseline);
  if (systems.length === 0) throw new RangeError(`${caller}: systems must hold at least one, got 0`);
  systems.forEach((system, k) => {
    checkSegments(caller, `systems[${k}]`, system);
    if (system.metric !== baseline.metric) {
      throw new RangeError(
        `${caller}: systems[${k}] must be measured by the metric of the baseline, ${baseline.metric.name}, ` +
          `got another, ${system.metric.name}`,
      );
    }
    if (system.values.length !== baseline.values.length) {
      throw new RangeError(
        `${caller}: systems[${k}] must have as many segments as the baseline, ${numSegments(baseline)}, ` +
          `got ${numSegments(system)}`,
      );
    }
  });
}

/** Refuses statistics of no segment, or of a part of one. */
export function checkSegments(caller: string, name: string, statistics: SegmentStatistics): void {
  const count = numSegments(statistics);
  if (count < 1 || !Number.isInteger(count)) {
    throw new RangeError(`${caller}: ${name} must hold the statistics of one or more segments, got those of ${count}`);
  }
}

/** Refuses anything but a positive integer. */
export function checkCount(caller: string, name: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`${caller}: ${name} must be a positive integer, got ${count}`);
  }
}

function numSegments({ metric, values }: SegmentStatistics): number {
  return values.length / metric.width;
}
