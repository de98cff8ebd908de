import { beat } from "./heartbeat";
import { madd } from "./madd";
import { exp, flush, horizontalSum, one, tanh } from "./math";
import { rowPeak, rowSum } from "./reduce";
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

function dot(x: usize, y: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    sum = madd(v128.load(x), v128.load(y), sum);
    x += 16;
    y += 16;
  }
  let total = horizontalSum(sum);
  for (; i < count; i++) {
    total += load<f32>(x) * load<f32>(y);
    x += 4;
    y += 4;
  }
  return total;
}

/** y += factor·x */
function addScaled(x: usize, factor: f32, y: usize, count: i32): void {
  const f = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(y, madd(v128.load(x), f, v128.load(y)));
    x += 16;
    y += 16;
  }
  for (; i < count; i++) {
    store<f32>(y, load<f32>(y) + load<f32>(x) * factor);
    x += 4;
    y += 4;
  }
}

/** Σ v·tanh(q + k) */
function additiveScore(q: usize, k: usize, v: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    sum = madd(v128.load(v), tanh(f32x4.add(v128.load(q), v128.load(k))), sum);
    q += 16;
    k += 16;
    v += 16;
  }
  let total = horizontalSum(sum);
  for (; i < count; i++) {
    total += load<f32>(v) * scalarTanh(load<f32>(q) + load<f32>(k));
    q += 4;
    k += 4;
    v += 4;
  }
  return total;
}

// @ts-ignore: decorator
@inline
function scalarTanh(x: f32): f32 {
  return f32x4.extract_lane(tanh(f32x4.splat(x)), 0);
}

/** From the gradient of an additive score to those of what it is made of, which are added to. */
function additiveGradient(
  gradient: f32, q: usize, k: usize, v: usize, dq: usize, dk: usize, dv: usize, count: i32,
): void {
  const g = f32x4.splat(gradient);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const squashed = tanh(f32x4.add(v128.load(q), v128.load(k)));
    const slope = flush(f32x4.mul(f32x4.mul(g, v128.load(v)), f32x4.sub(one(), f32x4.mul(squashed, squashed))));
    v128.store(dv, madd(g, squashed, v128.load(dv)));
    v128.store(dq, f32x4.add(v128.load(dq), slope));
    v128.store(dk, f32x4.add(v128.load(dk), slope));
    q += 16; k += 16; v += 16;
    dq += 16; dk += 16; dv += 16;
  }
  for (; i < count; i++) {
    const squashed = scalarTanh(load<f32>(q) + load<f32>(k));
    const slope = gradient * load<f32>(v) * (1 - squashed * squashed);
    store<f32>(dv, load<f32>(dv) + gradient * squashed);
    store<f32>(dq, load<f32>(dq) + slope);
    store<f32>(dk, load<f32>(dk) + slope);
    q += 4; k += 4; v += 4;
    dq += 4; dk += 4; dv += 4;
  }
}

/** Softmax of a row in place. */
function softmaxInPlace(x: usize, count: i32): void {
  const maximum = rowPeak(x, count);
  const m = f32x4.splat(maximum);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = x + (<usize>i << 2);
    v128.store(at, exp(f32x4.sub(v128.load(at), m)));
  }
  for (; i < count; i++) {
    const at = x + (<usize>i << 2);
    store<f32>(at, f32x4.extract_lane(exp(f32x4.splat(load<f32>(at) - maximum)), 0));
  }
  const total = rowSum(x, count);
  for (i = 0; i < count; i++) {
    const at = x + (<usize>i << 2);
    store<f32>(at, load<f32>(at) / total);
  }
}

export function attentionForward(job: AttentionJob, task: i32, numTasks: i32): void {
  const width = job.width, valueWidth = job.valueWidth, numKeys = job.numKeys, numQueries = job.numQueries;
  const keyBytes = <usize>width << 2, valueBytes = <usize>valueWidth << 2, rowBytes = <usize>numKeys << 2;
  const to = begin(task + 1, numTasks, job.batchSize, 1);
  for (let row = begin(task, numTasks, job.batchSize, 1); row < to; row++) {
    beat();
    const length = job.lengths == 0 ? numKeys : load<i32>(job.lengths + (<usize>row << 2));
    const keys = job.keys + <usize>(row * numKeys) * keyBytes, values = job.values + <usize>(row * numKeys) * valueBytes;
    for (let t = 0; t < numQueries; t++) {
      const at = <usize>(row * numQueries + t);
      const query = job.queries + at * keyBytes, weights = job.weights + at * rowBytes, context = job.context + at * valueBytes;
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
  }
}

export function attentionBackward(job: AttentionJob, task: i32, numTasks: i32): void {
  const width = job.width, valueWidth = job.valueWidth, numKeys = job.numKeys, numQueries = job.numQueries;
  const keyBytes = <usize>width << 2, valueBytes = <usize>valueWidth << 2, rowBytes = <usize>numKeys << 2;
  const to = begin(task + 1, numTasks, job.batchSize, 1);
  for (let row = begin(task, numTasks, job.batchSize, 1); row < to; row++) {
    beat();
    const length = job.lengths == 0 ? numKeys : load<i32>(job.lengths + (<usize>row << 2));
    const first = <usize>(row * numKeys);
    const keys = job.keys + first * keyBytes, values = job.values + first * valueBytes;
    const keysGradient = job.keysGradient + first * keyBytes, valuesGradient = job.valuesGradient + first * valueBytes;
    const vectorGradient = job.vectorGradient + <usize>row * keyBytes;
    memory.fill(keysGradient, 0, <usize>numKeys * keyBytes);
    memory.fill(valuesGradient, 0, <usize>numKeys * valueBytes);
    if (job.vector != 0) memory.fill(vectorGradient, 0, keyBytes);
    for (let t = 0; t < numQueries; t++) {
      const at = <usize>(row * numQueries + t);
      const query = job.queries + at * keyBytes, weights = job.weights + at * rowBytes;
      const contextGradient = job.contextGradient + at * valueBytes, queryGradient = job.queriesGradient + at * keyBytes;
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
  }
}
