import { GRU, gruBackward, gruForward, LSTM, lstmBackward, lstmForward, RNN_RELU, rnnBackward, rnnForward } from "./gates";
import { beat } from "./heartbeat";
import { finishSteps, stepsDone, takeSteps } from "./groups";
import { finishPart, takePart } from "./lockstep";
import { copyFloats } from "./move";
import { multiplyRows } from "./product";
import { begin } from "./split";

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

/** A layer whose rows go in groups, each a `RecurrentJob` with matrices of its own; those follow this. */
@unmanaged
export class LayerJob {
  numGroups: i32;
  /** Of all groups. */
  numRows: i32;
  /** Steps of a group to take at a time. */
  numSteps: i32;
  /** See lockstep.ts, or, for several groups, groups.ts; 0 for one group whose rows are split over the tasks. */
  progress: usize;
}

/** How many rows of a group, whose matrices may have room for more, take part. */
function rowsOf(layer: LayerJob, group: i32): i32 {
  const batchSize = groupOf(layer, group).batchSize;
  return min(batchSize, layer.numRows - group * batchSize);
}

function groupOf(layer: LayerJob, group: i32): RecurrentJob {
  const size = offsetof<RecurrentJob>();
  return changetype<RecurrentJob>(changetype<usize>(layer) + offsetof<LayerJob>() + <usize>group * size);
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

export function recurrentForward(layer: LayerJob, task: i32, numTasks: i32): void {
  const job = groupOf(layer, 0);
  if (layer.numGroups > 1) return forwardByGroups(layer, task);
  if (layer.progress != 0) return forwardByUnits(job, layer.progress, task, numTasks);
  const first = begin(task, numTasks, job.batchSize, 4), last = begin(task + 1, numTasks, job.batchSize, 4);
  if (first == last) return;
  stepsForward(job, 0, job.numSteps, first, last);
}

/** The steps [from, to) of the rows [first, last), with the inputs' part of all gates where they are kept. */
function stepsForward(job: RecurrentJob, from: i32, to: i32, first: i32, last: i32): void {
  const keepsGates = job.gatesStride != 0;
  if (keepsGates && from == 0) projectInputs(job, 0, job.numSteps, first, last, 0, job.numPanels);
  for (let step = from; step < to; step++) {
    if (!keepsGates) projectInputs(job, step, step + 1, first, last, 0, job.numPanels);
    stepForward(job, step, first, last, 0, job.numPanels);
  }
}

function forwardByGroups(layer: LayerJob, task: i32): void {
  const numSteps = groupOf(layer, 0).numSteps;
  while (true) {
    const group = takeSteps(layer.progress, task, layer.numGroups, numSteps);
    if (group < 0) return;
    const job = groupOf(layer, group);
    const from = stepsDone(layer.progress, group), to = min(numSteps, from + layer.numSteps);
    stepsForward(job, from, to, 0, rowsOf(layer, group));
    finishSteps(layer.progress, group, to);
  }
}

/** All rows, by panels of the state, so that each thread reads a share of the weights, and for more rows. */
function forwardByUnits(job: RecurrentJob, progress: usize, task: i32, numTasks: i32): void {
  const keepsGates = job.gatesStride != 0;
  while (true) {
    const taken = takePart(progress, task, numTasks, job.numSteps);
    if (taken < 0) return;
    const step = taken / numTasks, part = taken % numTasks;
    const from = begin(part, numTasks, job.numPanels, 1), to = begin(part + 1, numTasks, job.numPanels, 1);
    if (!keepsGates) projectInputs(job, step, step + 1, 0, job.batchSize, from, to);
    else if (step == 0) projectInputs(job, 0, job.numSteps, 0, job.batchSize, from, to);
    stepForward(job, step, 0, job.batchSize, from, to);
    finishPart(progress);
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

export function recurrentBackward(layer: LayerJob, task: i32, numTasks: i32): void {
  if (layer.numGroups > 1) return backwardByGroups(layer, task);
  const job = groupOf(layer, 0);
  const first = begin(task, numTasks, job.batchSize, 4), last = begin(task + 1, numTasks, job.batchSize, 4);
  if (first == last) return;
  for (let step = job.numSteps - 1; step >= 0; step--) stepBackward(job, step, first, last);
}

function backwardByGroups(layer: LayerJob, task: i32): void {
  const numSteps = groupOf(layer, 0).numSteps;
  while (true) {
    const group = takeSteps(layer.progress, task, layer.numGroups, numSteps);
    if (group < 0) return;
    const job = groupOf(layer, group);
    const from = stepsDone(layer.progress, group), to = min(numSteps, from + layer.numSteps);
    for (let step = from; step < to; step++) stepBackward(job, numSteps - 1 - step, 0, rowsOf(layer, group));
    finishSteps(layer.progress, group, to);
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
