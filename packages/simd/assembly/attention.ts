import { beat } from "./heartbeat";
import { addScaled, additiveGradient, additiveScore, dot, softmaxInPlace } from "./score";
import { begin } from "./split";

/**
 * Attention of T queries over S keys in each of B rows: score, softmax over the row's own keys, weighted sum of the values. Rows of the
 * batch are independent, and no sum is split: results are the same for every number of tasks.
 */
@unmanaged
export class AttentionJob {
  batchSize: i32;
  numQueries: i32;
  numKeys: i32;
  width: i32;
  valueWidth: i32;
  /** Of a dot product. */
  scale: f32;
  /** [B, T, A] */
  queries: usize;
  /** [B, S, A] */
  keys: usize;
  /** [B, S, N] */
  values: usize;
  /** [A], of an additive score; 0 for a dot product */
  vector: usize;
  /** [B, T, S], what the weights are multiplied by, or 0 */
  mask: usize;
  /** [B], int32, 1 to S, or 0 */
  lengths: usize;
  /** [B, T, S]: written forward, read backward */
  weights: usize;
  /** [B, T, N]: written forward */
  context: usize;
  /** [B, T, N] and [B, T, S]: read backward */
  contextGradient: usize;
  weightsGradient: usize;
  /** The shapes of the operands, and [B, A] of the vector: written backward */
  queriesGradient: usize;
  keysGradient: usize;
  valuesGradient: usize;
  vectorGradient: usize;
}

// @ts-ignore: decorator
@inline
function lengthOf(job: AttentionJob, row: i32): i32 {
  return job.lengths == 0 ? job.numKeys : load<i32>(job.lengths + (<usize>row << 2));
}

/** Query t of a row: its weights go where they belong, their sum of the values to `context`. */
export function attend(job: AttentionJob, row: i32, t: i32, query: usize, context: usize): void {
  const width = job.width, valueWidth = job.valueWidth, numKeys = job.numKeys;
  const keyBytes = <usize>width << 2, valueBytes = <usize>valueWidth << 2, rowBytes = <usize>numKeys << 2;
  const length = lengthOf(job, row);
  const keys = job.keys + <usize>(row * numKeys) * keyBytes, values = job.values + <usize>(row * numKeys) * valueBytes;
  const at = <usize>(row * job.numQueries + t);
  const weights = job.weights + at * rowBytes;
  for (let s = 0; s < length; s++) {
    const key = keys + <usize>s * keyBytes;
    const score = job.vector == 0 ? job.scale * dot(query, key, width) : additiveScore(query, key, job.vector, width);
    store<f32>(weights + (<usize>s << 2), score);
  }
  softmaxInPlace(weights, length);
  memory.fill(weights + (<usize>length << 2), 0, <usize>(numKeys - length) << 2);
  memory.fill(context, 0, valueBytes);
  for (let s = 0; s < length; s++) {
    let weight = load<f32>(weights + (<usize>s << 2));
    if (job.mask != 0) weight *= load<f32>(job.mask + at * rowBytes + (<usize>s << 2));
    addScaled(values + <usize>s * valueBytes, weight, context, valueWidth);
  }
}

/** Zeros, to which `attendBackward` adds, for a row's keys and values and its part of the vector. */
export function clearGradients(job: AttentionJob, row: i32): void {
  const keyBytes = <usize>job.width << 2, valueBytes = <usize>job.valueWidth << 2;
  const first = <usize>(row * job.numKeys);
  memory.fill(job.keysGradient + first * keyBytes, 0, <usize>job.numKeys * keyBytes);
  memory.fill(job.valuesGradient + first * valueBytes, 0, <usize>job.numKeys * valueBytes);
  if (job.vector != 0) memory.fill(job.vectorGradient + <usize>row * keyBytes, 0, keyBytes);
}

/** From the gradient of the context of query t of a row to that of the query; the others are added to. */
export function attendBackward(
  job: AttentionJob, row: i32, t: i32, query: usize, contextGradient: usize, queryGradient: usize,
): void {
  const width = job.width, valueWidth = job.valueWidth;
  const keyBytes = <usize>width << 2, valueBytes = <usize>valueWidth << 2, rowBytes = <usize>job.numKeys << 2;
  const length = lengthOf(job, row);
  const first = <usize>(row * job.numKeys);
  const keys = job.keys + first * keyBytes, values = job.values + first * valueBytes;
  const keysGradient = job.keysGradient + first * keyBytes, valuesGradient = job.valuesGradient + first * valueBytes;
  const vectorGradient = job.vectorGradient + <usize>row * keyBytes;
  const at = <usize>(row * job.numQueries + t);
  const weights = job.weights + at * rowBytes;
  const weightsGradient = job.weightsGradient + at * rowBytes, mask = job.mask + at * rowBytes;
  memory.fill(queryGradient, 0, keyBytes);
  // Σ w·dw, which the softmax takes away from each dw; dw itself is cheap enough to be made twice.
  let mean: f32 = 0;
  for (let s = 0; s < length; s++) {
    const offset = <usize>s << 2;
    const weight = load<f32>(weights + offset);
    let kept: f32 = 1;
    if (job.mask != 0) kept = load<f32>(mask + offset);
    const value = <usize>s * valueBytes;
    mean += weight * (load<f32>(weightsGradient + offset) + kept * dot(contextGradient, values + value, valueWidth));
    addScaled(contextGradient, weight * kept, valuesGradient + value, valueWidth);
  }
  for (let s = 0; s < length; s++) {
    const offset = <usize>s << 2;
    let kept: f32 = 1;
    if (job.mask != 0) kept = load<f32>(mask + offset);
    const weightGradient =
      load<f32>(weightsGradient + offset) + kept * dot(contextGradient, values + <usize>s * valueBytes, valueWidth);
    const gradient = load<f32>(weights + offset) * (weightGradient - mean);
    const key = keys + <usize>s * keyBytes, keyGradient = keysGradient + <usize>s * keyBytes;
    if (job.vector != 0) {
      additiveGradient(gradient, query, key, job.vector, queryGradient, keyGradient, vectorGradient, width);
    } else {
      addScaled(key, job.scale * gradient, queryGradient, width);
      addScaled(query, job.scale * gradient, keyGradient, width);
    }
  }
}

export function attentionForward(job: AttentionJob, task: i32, numTasks: i32): void {
  const keyBytes = <usize>job.width << 2, valueBytes = <usize>job.valueWidth << 2;
  const to = begin(task + 1, numTasks, job.batchSize, 1);
  for (let row = begin(task, numTasks, job.batchSize, 1); row < to; row++) {
    beat();
    for (let t = 0; t < job.numQueries; t++) {
      const at = <usize>(row * job.numQueries + t);
      attend(job, row, t, job.queries + at * keyBytes, job.context + at * valueBytes);
    }
  }
}

export function attentionBackward(job: AttentionJob, task: i32, numTasks: i32): void {
  const keyBytes = <usize>job.width << 2, valueBytes = <usize>job.valueWidth << 2;
  const to = begin(task + 1, numTasks, job.batchSize, 1);
  for (let row = begin(task, numTasks, job.batchSize, 1); row < to; row++) {
    beat();
    clearGradients(job, row);
    for (let t = 0; t < job.numQueries; t++) {
      const at = <usize>(row * job.numQueries + t);
      const query = job.queries + at * keyBytes, queryGradient = job.queriesGradient + at * keyBytes;
      attendBackward(job, row, t, query, job.contextGradient + at * valueBytes, queryGradient);
    }
  }
}
