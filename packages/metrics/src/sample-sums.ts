/** Fills `weights` [N], all zero, with how often each segment occurs in the next sample. */
export type DrawWeights = (weights: Float64Array) => void;

/**
 * Sums the statistics of several systems over the same samples of segments.
 *
 * Four samples and two statistics at a time: eight sums stay in registers while the statistics pass by once, several times
 * as fast as one sample after the other.
 *
 * @param systems the statistics of each, [N, D]; `width` is D.
 * @param visit gets sums [D] that the next call overwrites.
 */
export function sampleSums(
  systems: readonly Float64Array[],
  { width, numSamples, draw }: { readonly width: number; readonly numSamples: number; readonly draw: DrawWeights },
  visit: (system: number, sample: number, sums: Float64Array) => void,
): void {
  const columns = systems.map((values) => transpose(values, width));
  const numSegments = systems[0]!.length / width;
  const weights = new Float64Array(numSegments);
  const block = new Float64Array(numSegments * 4); // [N, 4]
  const sums = new Float64Array(4 * width); // [4, D]
  for (let first = 0; first < numSamples; first += 4) {
    const count = Math.min(4, numSamples - first); // what is left in the rest of the block is summed for nobody
    for (let lane = 0; lane < count; lane++) {
      draw(weights.fill(0));
      for (let i = 0; i < numSegments; i++) block[4 * i + lane] = weights[i]!;
    }
    for (const [system, statistics] of columns.entries()) {
      sumBlock(statistics, block, sums);
      for (let lane = 0; lane < count; lane++) {
        visit(system, first + lane, sums.subarray(lane * width, (lane + 1) * width));
      }
    }
  }
}

/** sums [4, D] = block [N, 4] transposed times columns [D, N] transposed. */
function sumBlock(columns: Float64Array, block: Float64Array, sums: Float64Array): void {
  const numSegments = block.length / 4;
  const width = sums.length / 4;
  for (let d = 0; d < width; d += 2) {
    const e = Math.min(d + 1, width - 1); // an odd last column stands for its own partner
    const left = d * numSegments;
    const right = e * numSegments;
    let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0, w = 0; i < numSegments; i++, w += 4) {
      const a = columns[left + i]!;
      const b = columns[right + i]!;
      const w0 = block[w]!;
      const w1 = block[w + 1]!;
      const w2 = block[w + 2]!;
      const w3 = block[w + 3]!;
      a0 += w0 * a;
      a1 += w1 * a;
      a2 += w2 * a;
      a3 += w3 * a;
      b0 += w0 * b;
      b1 += w1 * b;
      b2 += w2 * b;
      b3 += w3 * b;
    }
    sums[d] = a0;
    sums[width + d] = a1;
    sums[2 * width + d] = a2;
    sums[3 * width + d] = a3;
    sums[e] = b0;
    sums[width + e] = b1;
    sums[2 * width + e] = b2;
    sums[3 * width + e] = b3;
  }
}

/** [N, D] -> [D, N] */
function transpose(values: Float64Array, width: number): Float64Array {
  const numSegments = values.length / width;
  const columns = new Float64Array(values.length);
  for (let i = 0; i < numSegments; i++) {
    for (let d = 0; d < width; d++) columns[d * numSegments + i] = values[i * width + d]!;
  }
  return columns;
}
