import { GRU, gruBackward, gruForward, LSTM, lstmBackward, lstmForward, RNN_RELU, rnnBackward, rnnForward } from "./gates";
import { beat, currentThread } from "./heartbeat";
import { SCRATCH, SCRATCH_BYTES } from "./layout";
import { copyFloats } from "./move";
import { multiplyRows } from "./product";
import { begin } from "./split";
import { gradientTile } from "./tile";

/**
 * One layer of a recurrent net in one direction, over a whole sequence. Matrices are blocked (see tile.ts), one for each step, in the
 * order in which the steps are taken; H is padded to whole panels by zeros, which stay zeros.
 */
@unmanaged
export class RecurrentJob {
  kind: i32;
  batchSize: i32;
  numSteps: i32;
  /** Panels of the hidden state. */
  numPanels: i32;
  /** Panels of the inputs; 0 where they are ids. */
  inputPanels: i32;
  /** Blocks of gates, how many of them, from the first, take the input product, and how many, to the last, the recurrent one. */
  numBlocks: i32;
  inputBlocks: i32;
  recurrentBlocks: i32;
  /** [T][I/8][B][8] */
  inputs: usize;
  /** [T][B], int32: rows of `table` */
  ids: usize;
  /** [V][input blocks·H] */
  table: usize;
  /** Panels of I rows, one for each panel of the input blocks. */
  inputWeight: usize;
  /** Panels of H rows, one for each panel of the recurrent blocks; backward, panels of recurrent blocks·H rows. */
  recurrentWeight: usize;
  /** [blocks·H] */
  bias: usize;
  /** [T][blocks·H/8][B][8]; its stride is 0 where the steps share one. */
  gates: usize;
  gatesStride: usize;
  /** [T + 1][H/8][B][8] */
  hidden: usize;
  /** [T + 1][H/8][B][8]; its stride is 0 where the steps share one. */
  cell: usize;
  cellStride: usize;
  /** [B], the number of steps of each row; 0 for T. */
  lengths: usize;
  isReverse: i32;
  /** [T][H/8][B][8] */
  outputGradient: usize;
  /** [H/8][B][8]: of the final state, and, after, of the initial one. */
  hiddenGradient: usize;
  cellGradient: usize;
}

/** The rows that take part in a step are runs: `rowsEnd` is the end of the run of equals that begins at `row`. */
function isActive(job: RecurrentJob, step: i32, row: i32): bool {
  if (job.lengths == 0) return true;
  const time = job.isReverse ? job.numSteps - 1 - step : step;
  return time < load<i32>(job.lengths + (<usize>row << 2));
}

function runEnd(job: RecurrentJob, step: i32, row: i32, end: i32): i32 {
  if (job.lengths == 0) return end;
  const active = isActive(job, step, row);
  do row++; while (row < end && isActive(job, step, row) == active);
  return row;
}

function fillGates(job: RecurrentJob, step: i32, first: i32, last: i32): void {
  const gates = job.gates + <usize>step * job.gatesStride;
  const stride = <usize>job.batchSize << 5;
  const inputWidth = <usize>(job.inputBlocks * job.numPanels);
  const width = <usize>(job.numBlocks * job.numPanels);
  for (let panel: usize = 0; panel < width; panel++) {
    const b0 = v128.load(job.bias + (panel << 5)), b1 = v128.load(job.bias + (panel << 5), 16);
    let at = gates + panel * stride + (<usize>first << 5);
    const end = gates + panel * stride + (<usize>last << 5);
    if (job.ids != 0 && panel < inputWidth) {
      let id = job.ids + (<usize>(step * job.batchSize + first) << 2);
      for (; at < end; at += 32) {
        const row = job.table + ((<usize>load<i32>(id) * inputWidth + panel) << 5);
        v128.store(at, f32x4.add(v128.load(row), b0));
        v128.store(at, f32x4.add(v128.load(row, 16), b1), 16);
        id += 4;
      }
    } else {
      for (; at < end; at += 32) {
        v128.store(at, b0);
        v128.store(at, b1, 16);
      }
    }
  }
}

/** The part of the gates that the inputs make, over the steps [from, to): panel by panel, so that each weight is fetched once. */
function projectInputs(job: RecurrentJob, from: i32, to: i32, first: i32, last: i32): void {
  for (let step = from; step < to; step++) fillGates(job, step, first, last);
  if (job.inputPanels == 0) return;
  const stride = <usize>job.batchSize << 5;
  const width = job.inputBlocks * job.numPanels;
  const weightStride = <usize>job.inputPanels << 8;
  for (let panel = 0; panel < width; panel++) {
    const weight = job.inputWeight + <usize>panel * weightStride;
    for (let step = from; step < to; step++) {
      const inputs = job.inputs + <usize>(step * job.inputPanels) * stride;
      const gates = job.gates + <usize>step * job.gatesStride + <usize>panel * stride;
      multiplyRows(inputs, job.inputPanels, weight, gates, 1, job.batchSize, first, last);
    }
    beat();
  }
}

export function recurrentForward(job: RecurrentJob, task: i32, numTasks: i32): void {
  const first = begin(task, numTasks, job.batchSize, 4), last = begin(task + 1, numTasks, job.batchSize, 4);
  if (first == last) return;
  const stride = <usize>job.batchSize << 5;
  const stateStride = <usize>job.numPanels * stride;
  const gateStride = stateStride; // from block to block
  const recurrentBegin = <usize>(job.numBlocks - job.recurrentBlocks) * gateStride;
  const keepsGates = job.gatesStride != 0;
  if (keepsGates) projectInputs(job, 0, job.numSteps, first, last);
  for (let step = 0; step < job.numSteps; step++) {
    beat();
    if (!keepsGates) projectInputs(job, step, step + 1, first, last);
    const gates = job.gates + <usize>step * job.gatesStride;
    const hidden = job.hidden + <usize>step * stateStride;
    const cell = job.cell + <usize>step * job.cellStride;
    multiplyRows(
      hidden, job.numPanels, job.recurrentWeight, gates + recurrentBegin, job.recurrentBlocks * job.numPanels,
      job.batchSize, first, last,
    );
    for (let row = first; row < last; ) {
      const end = runEnd(job, step, row, last);
      const active = isActive(job, step, row);
      const count = <usize>(end - row) << 5;
      for (let panel: usize = 0; panel < <usize>job.numPanels; panel++) {
        const at = panel * stride + (<usize>row << 5);
        if (!active) {
          copyFloats(hidden + stateStride + at, hidden + at, <i32>(count >> 2));
          if (job.kind == LSTM && job.cellStride != 0) copyFloats(cell + job.cellStride + at, cell + at, <i32>(count >> 2));
        } else if (job.kind == LSTM) {
          lstmForward(gates + at, gateStride, cell + at, cell + job.cellStride + at, hidden + stateStride + at, count);
        } else if (job.kind == GRU) {
          gruForward(gates + at, gateStride, hidden + at, hidden + stateStride + at, count);
        } else {
          rnnForward(job.kind == RNN_RELU, gates + at, hidden + stateStride + at, count);
        }
      }
      row = end;
    }
  }
}

export function recurrentBackward(job: RecurrentJob, task: i32, numTasks: i32): void {
  const first = begin(task, numTasks, job.batchSize, 4), last = begin(task + 1, numTasks, job.batchSize, 4);
  if (first == last) return;
  const stride = <usize>job.batchSize << 5;
  const stateStride = <usize>job.numPanels * stride;
  const gateStride = stateStride;
  const recurrentBegin = <usize>(job.numBlocks - job.recurrentBlocks) * gateStride;
  for (let step = job.numSteps - 1; step >= 0; step--) {
    beat();
    const gates = job.gates + <usize>step * job.gatesStride;
    const hidden = job.hidden + <usize>step * stateStride;
    const cell = job.cell + <usize>step * job.cellStride;
    const outputGradient = job.outputGradient + <usize>step * stateStride;
    for (let row = first; row < last; ) {
      const end = runEnd(job, step, row, last);
      const active = isActive(job, step, row);
      const count = <usize>(end - row) << 5;
      for (let panel: usize = 0; panel < <usize>job.numPanels; panel++) {
        const at = panel * stride + (<usize>row << 5);
        const dh = job.hiddenGradient + at;
        if (!active) {
          for (let block: usize = 0; block < <usize>job.numBlocks; block++) memory.fill(gates + block * gateStride + at, 0, count);
        } else if (job.kind == LSTM) {
          lstmBackward(
            gates + at, gateStride, cell + at, cell + job.cellStride + at, outputGradient + at, dh, job.cellGradient + at, count,
          );
        } else if (job.kind == GRU) {
          gruBackward(gates + at, gateStride, hidden + at, outputGradient + at, dh, count);
        } else {
          rnnBackward(job.kind == RNN_RELU, gates + at, hidden + stateStride + at, outputGradient + at, dh, count);
        }
      }
      row = end;
    }
    multiplyRows(
      gates + recurrentBegin, job.recurrentBlocks * job.numPanels, job.recurrentWeight, job.hiddenGradient, job.numPanels,
      job.batchSize, first, last,
    );
  }
}

/** The gradient of the inputs, [T][I/8][B][8], which must hold zeros, from the gradients of the gates. */
@unmanaged
export class InputGradientJob {
  batchSize: i32;
  numSteps: i32;
  gatePanels: i32;
  inputPanels: i32;
  gates: usize;
  gatesStride: usize;
  /** Panels of gate rows, one for each panel of inputs. */
  inputWeight: usize;
  inputGradient: usize;
}

export function inputGradient(job: InputGradientJob, task: i32, numTasks: i32): void {
  const stepBytes = <usize>(job.inputPanels * job.batchSize) << 5;
  const from = begin(task, numTasks, job.numSteps, 1), to = begin(task + 1, numTasks, job.numSteps, 1);
  const weightStride = <usize>job.gatePanels << 8;
  for (let panel = 0; panel < job.inputPanels; panel++) {
    const weight = job.inputWeight + <usize>panel * weightStride;
    for (let step = from; step < to; step++) {
      const target = job.inputGradient + <usize>step * stepBytes + (<usize>(panel * job.batchSize) << 5);
      const gates = job.gates + <usize>step * job.gatesStride;
      multiplyRows(gates, job.gatePanels, weight, target, 1, job.batchSize, 0, job.batchSize);
    }
    beat();
  }
}

/**
 * The gradient of a weight, the sum over steps and rows of (gradient of the gates)ᵀ · operand, row-major [blocks·H, width] with
 * the blocks in the order of the parameter. Split by columns, so that no sum depends on the number of threads.
 */
@unmanaged
export class WeightGradientJob {
  batchSize: i32;
  numSteps: i32;
  /** H, and its panels. */
  hiddenSize: i32;
  numPanels: i32;
  /** The blocks that take part. */
  numBlocks: i32;
  /** Row block of the parameter for each of them. */
  block0: i32;
  block1: i32;
  block2: i32;
  block3: i32;
  gates: usize;
  gatesStride: usize;
  /** [T][width/8][B][8] */
  operand: usize;
  operandStride: usize;
  width: i32;
  gradient: usize;
}

/** Bytes of the operand that are worth keeping in a second-level cache while the gates go by. */
const CACHED_BYTES: i32 = 1 << 18;

export function weightGradient(job: WeightGradientJob, task: i32, numTasks: i32): void {
  const stride = <usize>job.batchSize << 5;
  const panels = (job.width + 7) >> 3;
  const rowTiles = job.numPanels << 1; // of four rows, in a block
  const tiles = job.numBlocks * rowTiles;
  const from = begin(task, numTasks, tiles, 2), to = begin(task + 1, numTasks, tiles, 2);
  const scratch = SCRATCH + <usize>currentThread() * SCRATCH_BYTES;
  const group = max(1, CACHED_BYTES / max(1, job.numSteps * job.batchSize * 32));
  for (let firstPanel = 0; firstPanel < panels; firstPanel += group) {
    const lastPanel = min(panels, firstPanel + group);
    for (let index = from; index < to; index++) {
      beat();
      const block = index / rowTiles, inBlock = index % rowTiles;
      const source = job.gates + <usize>(block * job.numPanels + (inBlock >> 1)) * stride + (<usize>(inBlock & 1) << 4);
      const parameterBlock = block == 0 ? job.block0 : block == 1 ? job.block1 : block == 2 ? job.block2 : job.block3;
      const rows = min(4, job.hiddenSize - (inBlock << 2));
      for (let panel = firstPanel; panel < lastPanel; panel++) {
        const operand = job.operand + <usize>panel * stride;
        gradientTile(source, job.gatesStride, operand, job.operandStride, job.batchSize, job.numSteps, scratch);
        const columns = min(8, job.width - (panel << 3));
        for (let r = 0; r < rows; r++) {
          const at = (parameterBlock * job.hiddenSize + (inBlock << 2) + r) * job.width + (panel << 3);
          copyFloats(job.gradient + (<usize>at << 2), scratch + (<usize>r << 5), columns);
        }
      }
    }
  }
}

/** Sums of the gradients of the gates over steps and rows, [blocks·H], and those for each id, [V][input blocks·H], zeroed before. */
@unmanaged
export class GateSumsJob {
  batchSize: i32;
  numSteps: i32;
  gatePanels: i32;
  gates: usize;
  gatesStride: usize;
  /** [blocks·H], or 0 */
  sums: usize;
  /** [T][B], or 0 */
  ids: usize;
  inputPanels: i32;
  /** [V][input blocks·H] */
  table: usize;
}

export function gateSums(job: GateSumsJob, task: i32, numTasks: i32): void {
  const stride = <usize>job.batchSize << 5;
  const from = begin(task, numTasks, job.gatePanels, 1), to = begin(task + 1, numTasks, job.gatePanels, 1);
  for (let panel = from; panel < to; panel++) {
    beat();
    let s0 = f32x4.splat(0), s1 = s0;
    const hasTable = job.ids != 0 && panel < job.inputPanels;
    let id = job.ids;
    for (let step = 0; step < job.numSteps; step++) {
      let at = job.gates + <usize>step * job.gatesStride + <usize>panel * stride;
      const end = at + stride;
      for (; at < end; at += 32) {
        const g0 = v128.load(at), g1 = v128.load(at, 16);
        s0 = f32x4.add(s0, g0);
        s1 = f32x4.add(s1, g1);
        if (hasTable) {
          const row = job.table + (<usize>(load<i32>(id) * job.inputPanels + panel) << 5);
          v128.store(row, f32x4.add(v128.load(row), g0));
          v128.store(row, f32x4.add(v128.load(row, 16), g1), 16);
          id += 4;
        }
      }
    }
    if (job.sums != 0) {
      v128.store(job.sums + (<usize>panel << 5), s0);
      v128.store(job.sums + (<usize>panel << 5), s1, 16);
    }
  }
}
