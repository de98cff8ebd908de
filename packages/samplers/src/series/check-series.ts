import { typeName } from "../type-name.ts";

/** Throws unless `series` holds the time steps of `numFeatures` numbers each, of which it returns the number. */
export function checkSeries(series: unknown, numFeatures: number): number {
  if (!(series instanceof Float32Array || series instanceof Float64Array)) {
    throw new TypeError(`seriesBatches: series must be a Float32Array or a Float64Array, got ${typeName(series)}`);
  }
  if (series.length % numFeatures !== 0) {
    throw new RangeError(
      `seriesBatches: the length of series must be a multiple of numFeatures, ${numFeatures}, got ${series.length}`,
    );
  }
  return series.length / numFeatures;
}
