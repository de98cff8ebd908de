import { tanh, sigmoid } from "./math";
import { beat, currentThread } from "./heartbeat";
import { SCRATCH, SCRATCH_BYTES } from "./layout";
import { copyFloats, zeroPanelRow } from "./move";
import { packColumns } from "./pack";
import { begin } from "./split";
import { stridedTile, wholeTile } from "./tile";

/** c[batch] = activation(scale·op(a)[batch]·op(b)[batch] + bias), row-major; the right operand is packed before, as panels of K rows. */
@unmanaged
export class MatMulJob {
  batch: i32;
  rows: i32;
  columns: i32;
  depth: i32;
  a: usize;
  /** Floats from batch to batch (0 repeats one), from row to row, and along the summed index. */
  aBatchStride: i32;
  aRowStride: i32;
  aDepthStride: i32;
  b: usize;
  bBatchStride: i32;
  isBTransposed: i32;
  packed: usize;
  /** Floats from batch to batch of the packed operand; 0 where all use one. */
  packedBatchStride: i32;
  /** [N], or 0 */
  bias: usize;
  activation: i32;
  scale: f32;
  c: usize;
}

export const NO_ACTIVATION: i32 = 0;
export const RELU: i32 = 1;
export const SIGMOID: i32 = 2;
export const TANH: i32 = 3;

export function packRightOperand(job: MatMulJob, task: i32, numTasks: i32): void {
  const panels = (job.columns + 7) >> 3;
  const batches = job.packedBatchStride == 0 ? 1 : job.batch;
  const to = begin(task + 1, numTasks, batches * panels, 1);
  for (let index = begin(task, numTasks, batches * panels, 1); index < to; index++) {
    const panel = index % panels;
    const matrix = job.b + (<usize>(index / panels * job.bBatchStride) << 2);
    let target = job.packed + ((<usize>(index / panels * job.packedBatchStride) << 2) + (<usize>(panel * job.depth) << 5));
    const columns = min(8, job.columns - (panel << 3));
    if (job.isBTransposed) {
      packColumns(matrix + (<usize>((panel << 3) * job.depth) << 2), columns, job.depth, target, job.depth);
      continue;
    }
    let source = matrix + (<usize>panel << 5);
    for (let k = 0; k < job.depth; k++) {
      if (columns == 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else {
        zeroPanelRow(target);
        copyFloats(target, source, columns);
      }
      source += <usize>job.columns << 2;
      target += 32;
    }
  }
}

/** How much of the summed index is taken at once: a panel of the right operand then stays in a first-level cache. */
const DEPTH_BLOCK: i32 = 512;

export function matMul(job: MatMulJob, task: i32, numTasks: i32): void {
  const panels = (job.columns + 7) >> 3;
  const rowTiles = (job.rows + 3) >> 2;
  const scratch = SCRATCH + <usize>currentThread() * SCRATCH_BYTES;
  // By rows, unless there are too few of them.
  const isByRows = job.batch * rowTiles >= numTasks;
  const from = isByRows ? begin(task, numTasks, job.batch * rowTiles, 1) : 0;
  const to = isByRows ? begin(task + 1, numTasks, job.batch * rowTiles, 1) : job.batch * rowTiles;
  const fromPanel = isByRows ? 0 : begin(task, numTasks, panels, 1), toPanel = isByRows ? panels : begin(task + 1, numTasks, panels, 1);
  const aRow = <usize>job.aRowStride << 2, aDepth = <usize>job.aDepthStride << 2;
  for (let index = from; index < to; ) {
    const batch = index / rowTiles;
    const last = min(to, (batch + 1) * rowTiles);
    const left = job.a + (<usize>(batch * job.aBatchStride) << 2);
    const right = job.packed + (<usize>(batch * job.packedBatchStride) << 2);
    const result = job.c + (<usize>(batch * job.rows) * job.columns << 2);
    let k = 0;
    do {
      const count = min(DEPTH_BLOCK, job.depth - k);
      const isLast = k + count >= job.depth;
      for (let panel = fromPanel; panel < toPanel; panel++) {
        const columns = min(8, job.columns - (panel << 3));
        const b = right + (<usize>(panel * job.depth + k) << 5);
        for (let tileIndex = index; tileIndex < last; tileIndex++) {
          const row = (tileIndex - batch * rowTiles) << 2;
          const rows = min(4, job.rows - row);
          const a0 = left + <usize>row * aRow + <usize>k * aDepth;
          const c = result + (<usize>(row * job.columns + (panel << 3)) << 2);
          if (rows == 4 && columns == 8 && k == 0 && isLast && job.activation == NO_ACTIVATION) {
            const bias = job.bias == 0 ? 0 : job.bias + (<usize>panel << 5);
            wholeTile(
              a0, a0 + aRow, a0 + (aRow << 1), a0 + (aRow << 1) + aRow, aDepth, b, count, job.scale, bias, c, <usize>job.columns << 2,
            );
            continue;
          }
          if (k > 0) loadTile(c, job.columns, rows, columns, scratch);
          stridedTile(
            k > 0, a0, rows > 1 ? a0 + aRow : a0, rows > 2 ? a0 + (aRow << 1) : a0, rows > 3 ? a0 + (aRow << 1) + aRow : a0,
            aDepth, b, count, scratch,
          );
          if (isLast) finishTile(job, panel, scratch);
          storeTile(c, job.columns, rows, columns, scratch);
        }
      }
      beat();
      k += count;
    } while (k < job.depth);
    index = last;
  }
}

@inline
function loadTile(c: usize, width: i32, rows: i32, columns: i32, tile: usize): void {
  for (let r = 0; r < rows; r++) {
    const row = c + (<usize>(r * width) << 2), at = tile + (<usize>r << 5);
    if (columns == 8) {
      v128.store(at, v128.load(row));
      v128.store(at, v128.load(row, 16), 16);
    } else {
      copyFloats(at, row, columns);
    }
  }
}

@inline
function storeTile(c: usize, width: i32, rows: i32, columns: i32, tile: usize): void {
  for (let r = 0; r < rows; r++) {
    const row = c + (<usize>(r * width) << 2), at = tile + (<usize>r << 5);
    if (columns == 8) {
      v128.store(row, v128.load(at));
      v128.store(row, v128.load(at, 16), 16);
    } else {
      copyFloats(row, at, columns);
    }
  }
}

@inline
function finishTile(job: MatMulJob, panel: i32, tile: usize): void {
  const columns = min(8, job.columns - (panel << 3));
  if (job.scale != 1) {
    const scale = f32x4.splat(job.scale);
    for (let at = tile; at < tile + 128; at += 16) v128.store(at, f32x4.mul(v128.load(at), scale));
  }
  if (job.bias != 0 && columns == 8) {
    const b0 = v128.load(job.bias + (<usize>panel << 5)), b1 = v128.load(job.bias + (<usize>panel << 5), 16);
    for (let at = tile; at < tile + 128; at += 32) {
      v128.store(at, f32x4.add(v128.load(at), b0));
      v128.store(at, f32x4.add(v128.load(at, 16), b1), 16);
    }
  } else if (job.bias != 0) {
    for (let i: usize = 0; i < <usize>columns; i++) {
      const bias = load<f32>(job.bias + (<usize>panel << 5) + (i << 2));
      for (let at = tile + (i << 2); at < tile + 128; at += 32) store<f32>(at, load<f32>(at) + bias);
    }
  }
  if (job.activation == NO_ACTIVATION) return;
  for (let at = tile; at < tile + 128; at += 16) {
    const x = v128.load(at);
    if (job.activation == RELU) v128.store(at, v128.andnot(x, f32x4.lt(x, f32x4.splat(0))));
    else if (job.activation == SIGMOID) v128.store(at, sigmoid(x));
    else v128.store(at, tanh(x));
  }
}

/** c = x·B + bias for one row, with B row-major [K, N] as it is: packing it would cost as much as the product. */
@unmanaged
export class RowMatMulJob {
  columns: i32;
  depth: i32;
  x: usize;
  /** Floats from element to element of x. */
  xStride: i32;
  b: usize;
  isBTransposed: i32;
  bias: usize;
  c: usize;
}

export function rowMatMul(job: RowMatMulJob, task: i32, numTasks: i32): void {
  const from = begin(task, numTasks, job.columns, 16), to = begin(task + 1, numTasks, job.columns, 16);
  if (job.isBTransposed) {
    for (let n = from; n < to; n++) {
      let s0 = f32x4.splat(0), s1 = s0;
      let k = 0;
      const row = job.b + (<usize>(n * job.depth) << 2);
      if (job.xStride == 1) {
        for (; k + 8 <= job.depth; k += 8) {
          const at = <usize>k << 2;
          s0 = f32x4.add(s0, f32x4.mul(v128.load(row + at), v128.load(job.x + at)));
          s1 = f32x4.add(s1, f32x4.mul(v128.load(row + at, 16), v128.load(job.x + at, 16)));
        }
      }
      s0 = f32x4.add(s0, s1);
      let sum = f32x4.extract_lane(s0, 0) + f32x4.extract_lane(s0, 1) + (f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
      for (; k < job.depth; k++) sum += load<f32>(row + (<usize>k << 2)) * load<f32>(job.x + (<usize>(k * job.xStride) << 2));
      if (job.bias != 0) sum += load<f32>(job.bias + (<usize>n << 2));
      store<f32>(job.c + (<usize>n << 2), sum);
    }
    return;
  }
  const rowBytes = <usize>job.columns << 2;
  let n = from;
  for (; n + 16 <= to; n += 16) {
    const at = <usize>n << 2;
    let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
    if (job.bias != 0) {
      c0 = v128.load(job.bias + at); c1 = v128.load(job.bias + at, 16);
      c2 = v128.load(job.bias + at, 32); c3 = v128.load(job.bias + at, 48);
    }
    let b = job.b + at, x = job.x;
    for (let k = 0; k < job.depth; k++) {
      const scale = v128.load_splat<f32>(x);
      c0 = f32x4.add(c0, f32x4.mul(scale, v128.load(b)));
      c1 = f32x4.add(c1, f32x4.mul(scale, v128.load(b, 16)));
      c2 = f32x4.add(c2, f32x4.mul(scale, v128.load(b, 32)));
      c3 = f32x4.add(c3, f32x4.mul(scale, v128.load(b, 48)));
      b += rowBytes;
      x += <usize>job.xStride << 2;
    }
    v128.store(job.c + at, c0); v128.store(job.c + at, c1, 16);
    v128.store(job.c + at, c2, 32); v128.store(job.c + at, c3, 48);
  }
  for (; n < to; n++) {
    let sum = job.bias != 0 ? load<f32>(job.bias + (<usize>n << 2)) : 0;
    for (let k = 0; k < job.depth; k++) {
      sum += load<f32>(job.x + (<usize>(k * job.xStride) << 2)) * load<f32>(job.b + (<usize>(k * job.columns + n) << 2));
    }
    store<f32>(job.c + (<usize>n << 2), sum);
  }
}
