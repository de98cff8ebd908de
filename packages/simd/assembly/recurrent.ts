import { GRU, gruBackward, gruForward, LSTM, lstmBackward, lstmForward, RNN_RELU, rnnBackward, rnnForward } from "./gates";
import { beat } from "./heartbeat";
import { copyFloats } from "./move";
import { multiplyRows } from "./product";

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
  /** [T + 1][H/8][B][8], or wherever the stride leads from step to step. */
  hidden: usize;
  hiddenStride: usize;
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

function fillGates(job: RecurrentJob, step: i32, block: i32, first: i32, last: i32, fromPanel: i32, toPanel: i32): void {
  const gates = job.gates + <usize>step * job.gatesStride;
  const stride = <usize>job.batchSize << 5;
  const inputWidth = <usize>(job.inputBlocks * job.numPanels);
  const end = <usize>(block * job.numPanels + toPanel);
  for (let panel = <usize>(block * job.numPanels + fromPanel); panel < end; panel++) {
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

/** Bytes of weights that stay in the second cache beside what they are multiplied by. */
const WEIGHTS_AT_A_TIME: i32 = 131072;

/**
 * The part of the gates that the inputs make, over the steps [from, to), of the rows [first, last) and the panels [fromPanel, toPanel)
 * of each block.
 */
export function projectInputs(
  job: RecurrentJob, from: i32, to: i32, first: i32, last: i32, fromPanel: i32, toPanel: i32,
): void {
  const stride = <usize>job.batchSize << 5;
  const weightStride = <usize>job.inputPanels << 8;
  const group = max(1, WEIGHTS_AT_A_TIME / max(1, <i32>weightStride));
  for (let block = 0; block < job.numBlocks; block++) {
    for (let step = from; step < to; step++) fillGates(job, step, block, first, last, fromPanel, toPanel);
    if (job.inputPanels == 0 || block >= job.inputBlocks) continue;
    for (let panel = fromPanel; panel < toPanel; panel += group) {
      const column = block * job.numPanels + panel, count = min(group, toPanel - panel);
      const weight = job.inputWeight + <usize>column * weightStride;
      for (let step = from; step < to; step++) {
        const inputs = job.inputs + <usize>(step * job.inputPanels) * stride;
        const gates = job.gates + <usize>step * job.gatesStride + <usize>column * stride;
        multiplyRows(inputs, job.inputPanels, weight, gates, count, job.batchSize, first, last);
      }
      beat();
    }
  }
}

/** One step of the rows [first, last) and of these panels of the state, of which the inputs' part of the gates is there. */
export function stepForward(job: RecurrentJob, step: i32, first: i32, last: i32, fromPanel: i32, toPanel: i32): void {
  beat();
  const stride = <usize>job.batchSize << 5;
  const gateStride = <usize>job.numPanels * stride; // from block to block
  const recurrentBegin = <usize>(job.numBlocks - job.recurrentBlocks) * gateStride;
  const gates = job.gates + <usize>step * job.gatesStride;
  const hidden = job.hidden + <usize>step * job.hiddenStride;
  const cell = job.cell + <usize>step * job.cellStride;
  for (let block = 0; block < job.recurrentBlocks; block++) {
    const panel = <usize>(block * job.numPanels + fromPanel);
    multiplyRows(
      hidden, job.numPanels, job.recurrentWeight + panel * (<usize>job.numPanels << 8), gates + recurrentBegin + panel * stride,
      toPanel - fromPanel, job.batchSize, first, last,
    );
  }
  for (let row = first; row < last; ) {
    const end = runEnd(job, step, row, last);
    const active = isActive(job, step, row);
    const count = <usize>(end - row) << 5;
    for (let panel = <usize>fromPanel; panel < <usize>toPanel; panel++) {
      const at = panel * stride + (<usize>row << 5);
      if (!active) {
        copyFloats(hidden + job.hiddenStride + at, hidden + at, <i32>(count >> 2));
        if (job.kind == LSTM && job.cellStride != 0) copyFloats(cell + job.cellStride + at, cell + at, <i32>(count >> 2));
      } else if (job.kind == LSTM) {
        lstmForward(gates + at, gateStride, cell + at, cell + job.cellStride + at, hidden + job.hiddenStride + at, count);
      } else if (job.kind == GRU) {
        gruForward(gates + at, gateStride, hidden + at, hidden + job.hiddenStride + at, count);
      } else {
        rnnForward(job.kind == RNN_RELU, gates + at, hidden + job.hiddenStride + at, count);
      }
    }
    row = end;
  }
}

/** One step of the rows [first, last) back: gates become their gradients, and that of the hidden state goes one step back. */
export function stepBackward(job: RecurrentJob, step: i32, first: i32, last: i32): void {
  beat();
  const stride = <usize>job.batchSize << 5;
  const stateStride = <usize>job.numPanels * stride;
  const gateStride = stateStride;
  const recurrentBegin = <usize>(job.numBlocks - job.recurrentBlocks) * gateStride;
  const gates = job.gates + <usize>step * job.gatesStride;
  const hidden = job.hidden + <usize>step * job.hiddenStride;
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
        rnnBackward(job.kind == RNN_RELU, gates + at, hidden + job.hiddenStride + at, outputGradient + at, dh, count);
      }
    }
    row = end;
  }
  multiplyRows(
    gates + recurrentBegin, job.recurrentBlocks * job.numPanels, job.recurrentWeight, job.hiddenGradient, job.numPanels,
    job.batchSize, first, last,
  );
}
