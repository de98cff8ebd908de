import { horizontalSum } from "./math";
import { begin } from "./split";

/** Sums (0) or maxima (1) over the middle axis of [outer, depth, inner], times a factor. */
@unmanaged
export class ReduceJob {
  operation: i32;
  outer: i32;
  depth: i32;
  inner: i32;
  x: usize;
  y: usize;
  scale: f32;
}

export function reduce(job: ReduceJob, task: i32, numTasks: i32): void {
  if (job.inner == 1) reduceRows(job, begin(task, numTasks, job.outer, 1), begin(task + 1, numTasks, job.outer, 1));
  else reduceColumns(job, begin(task, numTasks, job.inner, 16), begin(task + 1, numTasks, job.inner, 16));
}

function reduceRows(job: ReduceJob, from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    const x = job.x + (<usize>(row * job.depth) << 2);
    const result = job.operation == 0 ? rowSum(x, job.depth) * job.scale : rowMaximum(x, job.depth);
    store<f32>(job.y + (<usize>row << 2), result);
  }
}

/** What is summed one after another; longer sums are sums of halves, so that rounding errors grow with the logarithm of the count. */
const CHAIN: i32 = 1024;

export function rowSum(x: usize, count: i32): f32 {
  if (count <= CHAIN) return chainSum(x, count);
  const half = (count >> 1) & ~15;
  return rowSum(x, half) + rowSum(x + (<usize>half << 2), count - half);
}

/** In four chains of four. */
function chainSum(x: usize, count: i32): f32 {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let i = 0;
  for (; i + 16 <= count; i += 16) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
    s2 = f32x4.add(s2, v128.load(x, 32));
    s3 = f32x4.add(s3, v128.load(x, 48));
    x += 64;
  }
  let sum = horizontalSum(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  for (; i < count; i++) {
    sum += load<f32>(x);
    x += 4;
  }
  return sum;
}

/** A NaN among them is the maximum. */
export function rowMaximum(x: usize, count: i32): f32 {
  let result: f32 = -Infinity;
  let i = 0;
  if (count >= 4) {
    let m = v128.load(x);
    for (; i + 4 <= count; i += 4) {
      m = f32x4.max(m, v128.load(x));
      x += 16;
    }
    result = max<f32>(
      max<f32>(f32x4.extract_lane(m, 0), f32x4.extract_lane(m, 1)), max<f32>(f32x4.extract_lane(m, 2), f32x4.extract_lane(m, 3)),
    );
  }
  for (; i < count; i++) {
    result = max<f32>(result, load<f32>(x));
    x += 4;
  }
  return result;
}

/** The largest number of a row; it passes over NaN, and is quicker so. */
export function rowPeak(x: usize, count: i32): f32 {
  let m0 = f32x4.splat(-Infinity), m1 = m0;
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    m0 = f32x4.pmax(m0, v128.load(x));
    m1 = f32x4.pmax(m1, v128.load(x, 16));
    x += 32;
  }
  for (; i < count; i++) {
    m0 = f32x4.pmax(m0, v128.load_splat<f32>(x));
    x += 4;
  }
  m0 = f32x4.pmax(m0, m1);
  return max<f32>(
    max<f32>(f32x4.extract_lane(m0, 0), f32x4.extract_lane(m0, 1)), max<f32>(f32x4.extract_lane(m0, 2), f32x4.extract_lane(m0, 3)),
  );
}

function reduceColumns(job: ReduceJob, from: i32, to: i32): void {
  const rowBytes = <usize>job.inner << 2;
  for (let outer = 0; outer < job.outer; outer++) {
    const x = job.x + <usize>outer * <usize>job.depth * rowBytes;
    const y = job.y + <usize>outer * rowBytes;
    let column = from;
    if (job.operation == 0 && job.depth <= CHAIN) {
      for (; column + 16 <= to; column += 16) {
        const at = <usize>column << 2;
        sumSixteenColumns(x + at, rowBytes, job.depth, job.scale, y + at);
      }
    }
    for (; column + 4 <= to; column += 4) {
      const at = x + (<usize>column << 2);
      const value = job.operation == 0
        ? f32x4.mul(columnSums(at, rowBytes, job.depth), f32x4.splat(job.scale))
        : columnMaxima(at, rowBytes, job.depth);
      v128.store(y + (<usize>column << 2), value);
    }
    for (; column < to; column++) {
      const at = x + (<usize>column << 2);
      const value = job.operation == 0 ? columnSum(at, rowBytes, job.depth) * job.scale : columnMaximum(at, rowBytes, job.depth);
      store<f32>(y + (<usize>column << 2), value);
    }
  }
}

/** A cache line of columns at once: additions of one column wait for each other. */
function sumSixteenColumns(x: usize, rowBytes: usize, depth: i32, factor: f32, y: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let k = 0; k < depth; k++) {
    s0 = f32x4.add(s0, v128.load(x));
    s1 = f32x4.add(s1, v128.load(x, 16));
    s2 = f32x4.add(s2, v128.load(x, 32));
    s3 = f32x4.add(s3, v128.load(x, 48));
    x += rowBytes;
  }
  const scale = f32x4.splat(factor);
  v128.store(y, f32x4.mul(s0, scale));
  v128.store(y, f32x4.mul(s1, scale), 16);
  v128.store(y, f32x4.mul(s2, scale), 32);
  v128.store(y, f32x4.mul(s3, scale), 48);
}

/** Of four columns. */
function columnSums(x: usize, rowBytes: usize, depth: i32): v128 {
  if (depth > CHAIN) {
    const half = depth >> 1;
    return f32x4.add(columnSums(x, rowBytes, half), columnSums(x + <usize>half * rowBytes, rowBytes, depth - half));
  }
  let sum = f32x4.splat(0);
  for (let k = 0; k < depth; k++) {
    sum = f32x4.add(sum, v128.load(x));
    x += rowBytes;
  }
  return sum;
}

function columnMaxima(x: usize, rowBytes: usize, depth: i32): v128 {
  let result = f32x4.splat(-Infinity);
  for (let k = 0; k < depth; k++) {
    result = f32x4.max(result, v128.load(x));
    x += rowBytes;
  }
  return result;
}

function columnSum(x: usize, rowBytes: usize, depth: i32): f32 {
  if (depth > CHAIN) {
    const half = depth >> 1;
    return columnSum(x, rowBytes, half) + columnSum(x + <usize>half * rowBytes, rowBytes, depth - half);
  }
  let sum: f32 = 0;
  for (let k = 0; k < depth; k++) {
    sum += load<f32>(x);
    x += rowBytes;
  }
  return sum;
}

function columnMaximum(x: usize, rowBytes: usize, depth: i32): f32 {
  let result: f32 = -Infinity;
  for (let k = 0; k < depth; k++) {
    result = max<f32>(result, load<f32>(x));
    x += rowBytes;
  }
  return result;
}

/** Counts the NaNs of each of some arrays. */
@unmanaged
export class CountNaNsJob {
  numArrays: i32;
  arrays: usize;
}

@unmanaged
class CountedArray {
  count: i32;
  x: usize;
  /** 0 before. */
  numNaNs: i32;
}

export function countNaNs(job: CountNaNsJob, task: i32, numTasks: i32): void {
  for (let i = 0; i < job.numArrays; i++) {
    const array = changetype<CountedArray>(job.arrays + <usize>i * offsetof<CountedArray>());
    const from = begin(task, numTasks, array.count, 16), to = begin(task + 1, numTasks, array.count, 16);
    const found = numNaNs(array.x + (<usize>from << 2), array.x + (<usize>to << 2));
    if (found > 0) atomic.add<i32>(changetype<usize>(array) + offsetof<CountedArray>("numNaNs"), found);
  }
}

function numNaNs(at: usize, end: usize): i32 {
  let counts = i32x4.splat(0);
  for (; at + 16 <= end; at += 16) {
    const x = v128.load(at);
    counts = i32x4.sub(counts, f32x4.ne(x, x));
  }
  let total =
    i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
  for (; at < end; at += 4) {
    const x = load<f32>(at);
    total += i32(x != x);
  }
  return total;
}
