import { finishSteps, stepsDone, takeSteps } from "./groups";
import { finishPart, takePart } from "./lockstep";
import { projectInputs, RecurrentJob, stepBackward, stepForward } from "./recurrent";
import { begin } from "./split";

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

export function recurrentForward(layer: LayerJob, task: i32, numTasks: i32): void {
  const job = groupOf(layer, 0);
  if (layer.numGroups > 1) return takeGroups(layer, task, false);
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

/** Steps of one group after another, as long as there is one that no other thread has. */
function takeGroups(layer: LayerJob, task: i32, isBackward: bool): void {
  const numSteps = groupOf(layer, 0).numSteps;
  while (true) {
    const group = takeSteps(layer.progress, task, layer.numGroups, numSteps);
    if (group < 0) return;
    const job = groupOf(layer, group);
    const from = stepsDone(layer.progress, group), to = min(numSteps, from + layer.numSteps);
    const rows = rowsOf(layer, group);
    if (!isBackward) stepsForward(job, from, to, 0, rows);
    else for (let step = from; step < to; step++) stepBackward(job, numSteps - 1 - step, 0, rows);
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

export function recurrentBackward(layer: LayerJob, task: i32, numTasks: i32): void {
  if (layer.numGroups > 1) return takeGroups(layer, task, true);
  const job = groupOf(layer, 0);
  const first = begin(task, numTasks, job.batchSize, 4), last = begin(task + 1, numTasks, job.batchSize, 4);
  if (first == last) return;
  for (let step = job.numSteps - 1; step >= 0; step--) stepBackward(job, step, first, last);
}
