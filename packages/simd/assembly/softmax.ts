import { expOfNegative, horizontalSum, log } from "./math";
import { rowPeak } from "./reduce";
import { begin } from "./split";

/** Softmax (0) or its logarithm (1) of each row of [N, V]. */
@unmanaged
export class SoftmaxJob {
  isLog: i32;
  rows: i32;
  columns: i32;
  x: usize;
  y: usize;
}

/** Writes eˣ⁻ᵐ of a row, of which m is the maximum, and returns their sum; may work in place. */
function exponentials(x: usize, count: i32, maximum: f32, y: usize): f32 {
  const m = f32x4.splat(maximum);
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const first = expOfNegative(f32x4.sub(v128.load(x), m)), second = expOfNegative(f32x4.sub(v128.load(x, 16), m));
    v128.store(y, first);
    v128.store(y, second, 16);
    sum = f32x4.add(f32x4.add(sum, first), second);
    x += 32;
    y += 32;
  }
  for (; i + 4 <= count; i += 4) {
    const value = expOfNegative(f32x4.sub(v128.load(x), m));
    v128.store(y, value);
    sum = f32x4.add(sum, value);
    x += 16;
    y += 16;
  }
  let total = horizontalSum(sum);
  for (; i < count; i++) {
    const value = f32x4.extract_lane(expOfNegative(f32x4.splat(load<f32>(x) - maximum)), 0);
    store<f32>(y, value);
    total += value;
    x += 4;
    y += 4;
  }
  return total;
}

@inline
function scalarLog(x: f32): f32 {
  return f32x4.extract_lane(log(f32x4.splat(x)), 0);
}

/** y = x·factor + offset over a row. */
function affineRow(x: usize, count: i32, factor: f32, offset: f32, y: usize): void {
  const f = f32x4.splat(factor), o = f32x4.splat(offset);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(y, f32x4.add(f32x4.mul(v128.load(x), f), o));
    x += 16;
    y += 16;
  }
  for (; i < count; i++) {
    store<f32>(y, load<f32>(x) * factor + offset);
    x += 4;
    y += 4;
  }
}

export function softmax(job: SoftmaxJob, task: i32, numTasks: i32): void {
  const to = begin(task + 1, numTasks, job.rows, 1);
  for (let row = begin(task, numTasks, job.rows, 1); row < to; row++) {
    const offset = <usize>(row * job.columns) << 2;
    const x = job.x + offset, y = job.y + offset;
    const maximum = rowPeak(x, job.columns);
    const total = exponentials(x, job.columns, maximum, y);
    if (job.isLog) affineRow(x, job.columns, 1, -(maximum + scalarLog(total)), y);
    else affineRow(y, job.columns, 1 / total, 0, y);
  }
}

/**
 * Cross-entropy of logits [N, V] with target ids [N]: losses [N], and their gradients by the logits, softmax − target, which may take the
 * place of these. With label smoothing s the target is (1 − s) at the id and s/V everywhere.
 */
@unmanaged
export class CrossEntropyJob {
  rows: i32;
  columns: i32;
  logits: usize;
  targets: usize;
  /** [N], a weight for each loss, or 0 */
  mask: usize;
  smoothing: f32;
  /** Multiplies the gradients, and not the losses. */
  scale: f32;
  losses: usize;
  residual: usize;
}

export function crossEntropy(job: CrossEntropyJob, task: i32, numTasks: i32): void {
  const to = begin(task + 1, numTasks, job.rows, 1);
  const spread = job.smoothing / <f32>job.columns;
  for (let row = begin(task, numTasks, job.rows, 1); row < to; row++) {
    const offset = <usize>(row * job.columns) << 2;
    const x = job.logits + offset, y = job.residual + offset;
    const target = load<i32>(job.targets + (<usize>row << 2));
    const weight: f32 = job.mask == 0 ? 1 : load<f32>(job.mask + (<usize>row << 2));
    const isKnown = <u32>target < <u32>job.columns;
    if (weight == 0) {
      store<f32>(job.losses + (<usize>row << 2), 0);
      memory.fill(y, 0, <usize>job.columns << 2);
      continue;
    }
    const maximum = rowPeak(x, job.columns);
    const logit: f32 = isKnown ? load<f32>(x + (<usize>target << 2)) : NaN;
    let sum: f32 = 0;
    if (job.smoothing != 0) for (let i: usize = 0; i < <usize>job.columns; i++) sum += load<f32>(x + (i << 2));
    const total = exponentials(x, job.columns, maximum, y);
    const logTotal = maximum + scalarLog(total);
    let loss = logTotal - logit;
    if (job.smoothing != 0) loss = (1 - job.smoothing) * loss + job.smoothing * (logTotal - sum / <f32>job.columns);
    store<f32>(job.losses + (<usize>row << 2), loss * weight);
    const slope = weight * job.scale;
    affineRow(y, job.columns, isKnown ? slope / total : NaN, -spread * slope, y);
    if (isKnown) {
      const at = y + (<usize>target << 2);
      store<f32>(at, load<f32>(at) - (1 - job.smoothing) * slope);
    }
  }
}

/** The sum of some losses, added up one after the other in double precision, times a scale. */
@unmanaged
export class LossesJob {
  count: i32;
  losses: usize;
  scale: f64;
  total: usize;
}

export function sumLosses(job: LossesJob, task: i32): void {
  if (task != 0) return;
  let total: f64 = 0;
  for (let i = 0; i < job.count; i++) total += <f64>load<f32>(job.losses + (<usize>i << 2));
  store<f32>(job.total, <f32>(total * job.scale));
}
