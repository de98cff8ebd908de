/** One minibatch of windows of a numeric series. The consumer owns its arrays. */
export interface SeriesBatch {
  /** [B, order, F], row by row. */
  readonly inputs: Float32Array;
  /** [B, numTargets, number of target features], row by row. */
  readonly targets: Float32Array;
  /** Of `inputs`. */
  readonly shape: readonly [batchSize: number, order: number, numFeatures: number];
  readonly targetShape: readonly [batchSize: number, numTargets: number, numTargetFeatures: number];
  /** [B] the position of each row's window among all, in the order of the series. */
  readonly indices: Int32Array;
  /** Each row is a window of its own. */
  readonly isContinuation: false;
}

interface Windows {
  readonly indices: Int32Array;
  readonly order: number;
  /** Time steps from the first input to the first target. */
  readonly firstTarget: number;
  readonly numTargets: number;
  readonly numFeatures: number;
  readonly targetFeatures: readonly number[];
  readonly stride: number;
}

export function cutWindows(
  series: Float32Array | Float64Array,
  { indices, order, firstTarget, numTargets, numFeatures, targetFeatures, stride }: Windows,
): SeriesBatch {
  const inputSize = order * numFeatures;
  const inputs = new Float32Array(indices.length * inputSize);
  const targets = new Float32Array(indices.length * numTargets * targetFeatures.length);
  let cell = 0;
  for (let row = 0; row < indices.length; row++) {
    const start = indices[row]! * stride;
    for (let i = 0; i < inputSize; i++) inputs[row * inputSize + i] = series[start * numFeatures + i]!;
    for (let step = start + firstTarget; step < start + firstTarget + numTargets; step++) {
      for (const feature of targetFeatures) targets[cell++] = series[step * numFeatures + feature]!;
    }
  }
  return {
    inputs,
    targets,
    shape: [indices.length, order, numFeatures],
    targetShape: [indices.length, numTargets, targetFeatures.length],
    indices: indices.slice(),
    isContinuation: false,
  };
}
