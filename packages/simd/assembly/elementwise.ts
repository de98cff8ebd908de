import { exp, log, one, sigmoid, tanh } from "./math";
import { begin } from "./split";

/** y = f(x), element by element. */
@unmanaged
export class UnaryJob {
  operation: i32;
  count: i32;
  x: usize;
  y: usize;
}

@inline
function unaryValue(operation: i32, x: v128): v128 {
  switch (operation) {
    case 0: return f32x4.neg(x);
    case 1: return exp(x);
    case 2: return log(x);
    case 3: return tanh(x);
    case 4: return sigmoid(x);
    case 5: return v128.andnot(x, f32x4.lt(x, f32x4.splat(0))); // relu
    case 6: return f32x4.mul(x, x);
    case 7: return f32x4.sqrt(x);
    case 8: return f32x4.div(one(), f32x4.sqrt(x));
    case 9: return f32x4.abs(x);
    default: return f32x4.div(one(), x);
  }
}

@inline
function unaryLoop(operation: i32, x: usize, y: usize, end: usize): void {
  for (; x < end; x += 16) {
    v128.store(y, unaryValue(operation, v128.load(x)));
    y += 16;
  }
}

/** Buffers are padded to whole vectors by the allocator, so the last one may be computed whole. */
export function unary(job: UnaryJob, task: i32, numTasks: i32): void {
  const from = <usize>begin(task, numTasks, job.count, 16) << 2, end = job.x + (<usize>begin(task + 1, numTasks, job.count, 16) << 2);
  const x = job.x + from, y = job.y + from;
  switch (job.operation) {
    case 0: return unaryLoop(0, x, y, end);
    case 1: return unaryLoop(1, x, y, end);
    case 2: return unaryLoop(2, x, y, end);
    case 3: return unaryLoop(3, x, y, end);
    case 4: return unaryLoop(4, x, y, end);
    case 5: return unaryLoop(5, x, y, end);
    case 6: return unaryLoop(6, x, y, end);
    case 7: return unaryLoop(7, x, y, end);
    case 8: return unaryLoop(8, x, y, end);
    case 9: return unaryLoop(9, x, y, end);
    default: return unaryLoop(10, x, y, end);
  }
}

/**
 * z = f(x, y) with broadcasting, over [outer0, outer1, inner]: strides in floats, and along the inner axis each operand either moves
 * with it or stands still.
 */
@unmanaged
export class BinaryJob {
  operation: i32;
  outer0: i32;
  outer1: i32;
  inner: i32;
  x: usize;
  x0: i32;
  x1: i32;
  xMoves: i32;
  y: usize;
  y0: i32;
  y1: i32;
  yMoves: i32;
  z: usize;
}

@inline
function binaryValue(operation: i32, x: v128, y: v128): v128 {
  switch (operation) {
    case 0: return f32x4.add(x, y);
    case 1: return f32x4.sub(x, y);
    case 2: return f32x4.mul(x, y);
    case 3: return f32x4.div(x, y);
    case 4: return f32x4.max(x, y);
    case 5: return f32x4.min(x, y);
    default: {
      const difference = f32x4.sub(x, y);
      return f32x4.mul(difference, difference);
    }
  }
}

@inline
function binaryScalar(operation: i32, x: f32, y: f32): f32 {
  switch (operation) {
    case 0: return x + y;
    case 1: return x - y;
    case 2: return x * y;
    case 3: return x / y;
    case 4: return max<f32>(x, y);
    case 5: return min<f32>(x, y);
    default: return (x - y) * (x - y);
  }
}

@inline
function binaryRow(operation: i32, x: usize, xMoves: bool, y: usize, yMoves: bool, z: usize, count: i32): void {
  const end = z + (<usize>count << 2), whole = z + (<usize>(count & ~3) << 2);
  if (xMoves && yMoves) {
    for (; z < whole; z += 16) {
      v128.store(z, binaryValue(operation, v128.load(x), v128.load(y)));
      x += 16;
      y += 16;
    }
  } else if (xMoves) {
    const right = v128.load_splat<f32>(y);
    for (; z < whole; z += 16) {
      v128.store(z, binaryValue(operation, v128.load(x), right));
      x += 16;
    }
  } else {
    const left = v128.load_splat<f32>(x);
    for (; z < whole; z += 16) {
      v128.store(z, binaryValue(operation, left, v128.load(y)));
      y += 16;
    }
  }
  for (; z < end; z += 4) {
    store<f32>(z, binaryScalar(operation, load<f32>(x), load<f32>(y)));
    if (xMoves) x += 4;
    if (yMoves) y += 4;
  }
}

@inline
function binaryRows(operation: i32, job: BinaryJob, from: i32, to: i32): void {
  for (let index = from; index < to; index++) {
    const i0 = index / job.outer1, i1 = index % job.outer1;
    binaryRow(
      operation,
      job.x + (<usize>(i0 * job.x0 + i1 * job.x1) << 2), job.xMoves != 0,
      job.y + (<usize>(i0 * job.y0 + i1 * job.y1) << 2), job.yMoves != 0,
      job.z + (<usize>(index * job.inner) << 2), job.inner,
    );
  }
}

export function binary(job: BinaryJob, task: i32, numTasks: i32): void {
  const count = job.outer0 * job.outer1;
  const from = begin(task, numTasks, count, 1), to = begin(task + 1, numTasks, count, 1);
  switch (job.operation) {
    case 0: return binaryRows(0, job, from, to);
    case 1: return binaryRows(1, job, from, to);
    case 2: return binaryRows(2, job, from, to);
    case 3: return binaryRows(3, job, from, to);
    case 4: return binaryRows(4, job, from, to);
    case 5: return binaryRows(5, job, from, to);
    default: return binaryRows(6, job, from, to);
  }
}
