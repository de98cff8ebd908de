/** Throws unless `series` holds the time steps of `numFeatures` numbers each, of which it returns the number. */
export function checkSeries(series: unknown, numFeatures: number): number {
  if (!(series instanceof Float32Array || series instanceof Float64Array)) {
    const type = typeof series === "object" && series !== null ? series.constructor.name : typeof series;
    throw new TypeError(`seriesBatches: series must be a Float32Array or a Float64Array, got ${type}`);
  }
  if (series.length % numFeatures !== 0) {
    throw new RangeError(
      `seriesBatches: the length of series must be a multiple of numFeatures, ${numFeatures}, got ${series.length}`,
    );
  }
  return series.length / numFeatures;
}
