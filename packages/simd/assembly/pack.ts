import { copyFloats, zeroPanelRow } from "./move";
import { begin } from "./split";

/**
 * Between row-major [B, T, N] and blocked [T][N/8][rows][8] of each group of rows, in the order of the steps; zeros where a row has ended.
 */
@unmanaged
export class SequenceJob {
  batchSize: i32;
  numSteps: i32;
  width: i32;
  rowMajor: usize;
  blocked: usize;
  /** [B], or 0 */
  lengths: usize;
  isReverse: i32;
  /** Rows of a group, of which the last may use fewer; and bytes from group to group. */
  groupRows: i32;
  groupBytes: usize;
}

export function packSequence(job: SequenceJob, task: i32, numTasks: i32): void {
  const panels = (job.width + 7) >> 3;
  const from = begin(task, numTasks, job.numSteps * job.batchSize, 4), to = begin(task + 1, numTasks, job.numSteps * job.batchSize, 4);
  for (let index = from; index < to; index++) {
    const step = index / job.batchSize, row = index % job.batchSize;
    const time = job.isReverse ? job.numSteps - 1 - step : step;
    const group = row / job.groupRows, first = group * job.groupRows;
    let target = job.blocked + <usize>group * job.groupBytes + (<usize>(step * panels * job.groupRows + row - first) << 5);
    const stride = <usize>job.groupRows << 5;
    let source = job.rowMajor + (<usize>((row * job.numSteps + time) * job.width) << 2);
    const isActive = job.lengths == 0 || time < load<i32>(job.lengths + (<usize>row << 2));
    let left = job.width;
    for (let panel = 0; panel < panels; panel++) {
      if (isActive && left >= 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else {
        zeroPanelRow(target);
        if (isActive) copyFloats(target, source, left);
      }
      left -= 8;
      source += 32;
      target += stride;
    }
  }
}

export function unpackSequence(job: SequenceJob, task: i32, numTasks: i32): void {
  const panels = (job.width + 7) >> 3;
  const from = begin(task, numTasks, job.numSteps * job.batchSize, 4), to = begin(task + 1, numTasks, job.numSteps * job.batchSize, 4);
  for (let index = from; index < to; index++) {
    const step = index / job.batchSize, row = index % job.batchSize;
    const time = job.isReverse ? job.numSteps - 1 - step : step;
    const group = row / job.groupRows, first = group * job.groupRows;
    let source = job.blocked + <usize>group * job.groupBytes + (<usize>(step * panels * job.groupRows + row - first) << 5);
    const stride = <usize>job.groupRows << 5;
    let target = job.rowMajor + (<usize>((row * job.numSteps + time) * job.width) << 2);
    if (job.lengths != 0 && time >= load<i32>(job.lengths + (<usize>row << 2))) {
      memory.fill(target, 0, <usize>job.width << 2);
      continue;
    }
    let left = job.width;
    for (let panel = 0; panel < panels; panel++) {
      if (left >= 8) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
      } else {
        copyFloats(target, source, left);
      }
      left -= 8;
      source += stride;
      target += 32;
    }
  }
}

/**
 * Between a parameter of gates, row-major [G·H, K] in PyTorch's order of blocks, and what the recurrent kernels read. Block j of the
 * packed form is block `block<j>` of the parameter; H and K are padded to whole panels by zeros.
 */
@unmanaged
export class GateWeightJob {
  hiddenSize: i32;
  width: i32;
  numBlocks: i32;
  block0: i32;
  block1: i32;
  block2: i32;
  block3: i32;
  parameter: usize;
  packed: usize;
}

@inline
function parameterBlock(job: GateWeightJob, block: i32): i32 {
  return block == 0 ? job.block0 : block == 1 ? job.block1 : block == 2 ? job.block2 : job.block3;
}

/** Panels of eight gates, each with K rows: the right operand of inputs·Wᵀ. */
export function packGateColumns(job: GateWeightJob, task: i32, numTasks: i32): void {
  const panels = (job.hiddenSize + 7) >> 3;
  const depth = ((job.width + 7) >> 3) << 3;
  const count = job.numBlocks * panels;
  const to = begin(task + 1, numTasks, count, 1);
  for (let index = begin(task, numTasks, count, 1); index < to; index++) {
    const panel = index % panels;
    const target = job.packed + <usize>index * (<usize>depth << 5);
    const rows = min(8, job.hiddenSize - (panel << 3));
    const row = parameterBlock(job, index / panels) * job.hiddenSize + (panel << 3);
    const source = job.parameter + (<usize>(row * job.width) << 2);
    packColumns(source, rows, job.width, target, depth);
  }
}

/** Turns up to eight rows [rows, width] into [depth][8], with zeros beyond both. */
export function packColumns(source: usize, rows: i32, width: i32, target: usize, depth: i32): void {
  const stride = <usize>width << 2;
  let k = 0;
  if (rows == 8) {
    for (; k + 4 <= width; k += 4) {
      transpose4(source, stride, target, 32);
      transpose4(source + (stride << 2), stride, target + 16, 32);
      source += 16;
      target += 128;
    }
  }
  for (; k < width; k++) {
    for (let r = 0; r < 8; r++) {
      store<f32>(target + (<usize>r << 2), r < rows ? load<f32>(source + <usize>r * stride) : 0);
    }
    source += 4;
    target += 32;
  }
  if (k < depth) memory.fill(target, 0, <usize>(depth - k) << 5);
}

/** Four rows of four, `stride` bytes apart, to their transpose. */
@inline
function transpose4(source: usize, stride: usize, target: usize, targetStride: usize): void {
  const a = v128.load(source), b = v128.load(source + stride);
  const c = v128.load(source + (stride << 1)), d = v128.load(source + (stride << 1) + stride);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f64>(ab0, cd0, 0, 2));
  v128.store(target + targetStride, v128.shuffle<f64>(ab0, cd0, 1, 3));
  v128.store(target + (targetStride << 1), v128.shuffle<f64>(ab1, cd1, 0, 2));
  v128.store(target + (targetStride << 1) + targetStride, v128.shuffle<f64>(ab1, cd1, 1, 3));
}

/** Panels of eight columns, each with blocks·H rows: the right operand of gates·W. */
export function packGateRows(job: GateWeightJob, task: i32, numTasks: i32): void {
  const panels = (job.width + 7) >> 3;
  const height = ((job.hiddenSize + 7) >> 3) << 3;
  const to = begin(task + 1, numTasks, panels, 1);
  for (let panel = begin(task, numTasks, panels, 1); panel < to; panel++) {
    let target = job.packed + <usize>(panel * job.numBlocks * height) * 32;
    const columns = min(8, job.width - (panel << 3));
    for (let block = 0; block < job.numBlocks; block++) {
      const row = parameterBlock(job, block) * job.hiddenSize;
      let source = job.parameter + (<usize>(row * job.width + (panel << 3)) << 2);
      for (let r = 0; r < height; r++) {
        if (r < job.hiddenSize && columns == 8) {
          v128.store(target, v128.load(source));
          v128.store(target, v128.load(source, 16), 16);
        } else {
          zeroPanelRow(target);
          if (r < job.hiddenSize) copyFloats(target, source, columns);
        }
        source += <usize>job.width << 2;
        target += 32;
      }
    }
  }
}

/** [K][blocks·H]: a row for each column of the parameter. */
export function packGateTable(job: GateWeightJob, task: i32, numTasks: i32): void {
  const height = ((job.hiddenSize + 7) >> 3) << 3;
  const rowBytes = <usize>(job.numBlocks * height) << 2, stride = <usize>job.width << 2;
  const to = begin(task + 1, numTasks, job.numBlocks * (height >> 2), 1);
  for (let index = begin(task, numTasks, job.numBlocks * (height >> 2), 1); index < to; index++) {
    const block = index / (height >> 2), r = (index % (height >> 2)) << 2;
    const rows = min(4, job.hiddenSize - r);
    let source = job.parameter + <usize>(parameterBlock(job, block) * job.hiddenSize + r) * stride;
    let target = job.packed + (<usize>(block * height + r) << 2);
    let k = 0;
    if (rows == 4) {
      for (; k + 4 <= job.width; k += 4) {
        transpose4(source, stride, target, rowBytes);
        source += 16;
        target += rowBytes << 2;
      }
    }
    for (; k < job.width; k++) {
      for (let lane = 0; lane < 4; lane++) {
        store<f32>(target + (<usize>lane << 2), lane < rows ? load<f32>(source + <usize>lane * stride) : 0);
      }
      source += 4;
      target += rowBytes;
    }
  }
}

/** The way back: the parameter's layout from [K][blocks·H]. */
export function unpackGateTable(job: GateWeightJob, task: i32, numTasks: i32): void {
  const height = ((job.hiddenSize + 7) >> 3) << 3;
  const rowBytes = <usize>(job.numBlocks * height) << 2, stride = <usize>job.width << 2;
  const to = begin(task + 1, numTasks, job.numBlocks * (height >> 2), 1);
  for (let index = begin(task, numTasks, job.numBlocks * (height >> 2), 1); index < to; index++) {
    const block = index / (height >> 2), r = (index % (height >> 2)) << 2;
    const rows = min(4, job.hiddenSize - r);
    let source = job.packed + (<usize>(block * height + r) << 2);
    let target = job.parameter + <usize>(parameterBlock(job, block) * job.hiddenSize + r) * stride;
    let k = 0;
    if (rows == 4) {
      for (; k + 4 <= job.width; k += 4) {
        transpose4(source, rowBytes, target, stride);
        source += rowBytes << 2;
        target += 16;
      }
    }
    for (; k < job.width; k++) {
      for (let lane = 0; lane < rows; lane++) store<f32>(target + <usize>lane * stride, load<f32>(source + (<usize>lane << 2)));
      source += rowBytes;
      target += 4;
    }
  }
}
