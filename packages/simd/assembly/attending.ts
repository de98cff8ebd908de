import { attend, attendBackward, AttentionJob, clearGradients } from "./attention";
import { copyFloats } from "./move";
import { multiplyRows } from "./product";
import { projectInputs, RecurrentJob, stepBackward, stepForward } from "./recurrent";
import { begin } from "./split";

/**
 * Recurrent layers above one another that attend before each step: the top hidden state, projected, is the query, and the context goes,
 * in front of the inputs, into the bottom layer. Rows of the batch are independent, and no sum is split. The job is an `AttentionJob`
 * of T queries of which `queries`, `context` and their gradients are left out, then this, then an `AttendingLayer` for each layer.
 */
@unmanaged
export class AttendingJob {
  numLayers: i32;
  /** E, the width of the inputs. */
  inputWidth: i32;
  /** [B, T, E] */
  inputs: usize;
  /** Panels of H rows, one for each panel of A; 0 where the hidden state is the query. */
  queryWeight: usize;
  /** [A/8][B][8]: the queries of a step */
  queries: usize;
  /** [B, 2·A + N]: a row's query, its gradient, and its context or the gradient of that */
  rows: usize;
  /** Panels of A rows, one for each panel of H: read backward. */
  queryWeightRows: usize;
  /** [T][A/8][B][8]: written backward */
  queriesGradient: usize;
  /** [(N + E)/8][B][8]: what the bottom layer reads in a step, backward */
  bottomGradient: usize;
  /** [B, T, E]: written backward */
  inputsGradient: usize;
}

/** A layer: its `RecurrentJob`, of which `inputs` is written, and backward `inputWeight` holds panels of input blocks·H rows, then this. */
@unmanaged
class AttendingLayer {
  /** [T][H/8][B][8], what the output is multiplied by on its way to the next layer, or 0 */
  between: usize;
}

// @ts-ignore: decorator
@inline
function attendingOf(attention: AttentionJob): AttendingJob {
  return changetype<AttendingJob>(changetype<usize>(attention) + offsetof<AttentionJob>());
}

// @ts-ignore: decorator
@inline
function layerOf(job: AttendingJob, layer: i32): RecurrentJob {
  const size = offsetof<RecurrentJob>() + offsetof<AttendingLayer>();
  return changetype<RecurrentJob>(changetype<usize>(job) + offsetof<AttendingJob>() + <usize>layer * size);
}

// @ts-ignore: decorator
@inline
function betweenOf(layer: RecurrentJob): usize {
  return changetype<AttendingLayer>(changetype<usize>(layer) + offsetof<RecurrentJob>()).between;
}

/** Floats into the columns from `column` on of a row of panels that lie `stride` bytes apart, and zeros into the rest of the last panel. */
function scatterRow(source: usize, width: i32, panels: usize, stride: usize, column: i32): void {
  const end = column + width;
  while (column < end) {
    const lane = column & 7, count = min(8 - lane, end - column);
    const target = panels + <usize>(column >> 3) * stride + (<usize>lane << 2);
    copyFloats(target, source, count);
    source += <usize>count << 2;
    column += count;
  }
  for (; (column & 7) != 0; column++) store<f32>(panels + <usize>(column >> 3) * stride + (<usize>(column & 7) << 2), 0);
}

/** The way back. */
function gatherRow(target: usize, width: i32, panels: usize, stride: usize, column: i32): void {
  const end = column + width;
  while (column < end) {
    const lane = column & 7, count = min(8 - lane, end - column);
    copyFloats(target, panels + <usize>(column >> 3) * stride + (<usize>lane << 2), count);
    target += <usize>count << 2;
    column += count;
  }
}

/** y = x, times `factors` where there are some, over the rows [first, last) of panels. */
function multiplyPanels(x: usize, factors: usize, y: usize, numPanels: i32, stride: usize, first: i32, last: i32): void {
  for (let panel: usize = 0; panel < <usize>numPanels; panel++) {
    const end = panel * stride + (<usize>last << 5);
    for (let at = panel * stride + (<usize>first << 5); at < end; at += 16) {
      const value = v128.load(x + at);
      v128.store(y + at, factors == 0 ? value : f32x4.mul(value, v128.load(factors + at)));
    }
  }
}

function clearPanels(x: usize, numPanels: i32, stride: usize, first: i32, last: i32): void {
  for (let panel: usize = 0; panel < <usize>numPanels; panel++) {
    memory.fill(x + panel * stride + (<usize>first << 5), 0, <usize>(last - first) << 5);
  }
}

/** The panels of the queries of a step. */
function projectQueries(attention: AttentionJob, step: i32, first: i32, last: i32): usize {
  const job = attendingOf(attention), top = layerOf(job, job.numLayers - 1);
  const hidden = top.hidden + <usize>step * top.hiddenStride;
  if (job.queryWeight == 0) return hidden;
  const panels = (attention.width + 7) >> 3;
  clearPanels(job.queries, panels, <usize>attention.batchSize << 5, first, last);
  multiplyRows(hidden, top.numPanels, job.queryWeight, job.queries, panels, attention.batchSize, first, last);
  return job.queries;
}

export function attendingForward(attention: AttentionJob, task: i32, numTasks: i32): void {
  const first = begin(task, numTasks, attention.batchSize, 4), last = begin(task + 1, numTasks, attention.batchSize, 4);
  if (first == last) return;
  const job = attendingOf(attention), bottom = layerOf(job, 0);
  const width = attention.width, valueWidth = attention.valueWidth, inputWidth = job.inputWidth;
  const stride = <usize>attention.batchSize << 5;
  for (let step = 0; step < attention.numQueries; step++) {
    const queries = projectQueries(attention, step, first, last);
    const read = bottom.inputs + <usize>(step * bottom.inputPanels) * stride;
    for (let row = first; row < last; row++) {
      const query = job.rows + (<usize>(row * (2 * width + valueWidth)) << 2), context = query + (<usize>width << 3);
      const at = <usize>row << 5;
      gatherRow(query, width, queries + at, stride, 0);
      attend(attention, row, step, query, context);
      scatterRow(context, valueWidth, read + at, stride, 0);
      const input = job.inputs + (<usize>((row * attention.numQueries + step) * inputWidth) << 2);
      scatterRow(input, inputWidth, read + at, stride, valueWidth);
    }
    for (let k = 0; k < job.numLayers; k++) {
      const layer = layerOf(job, k);
      if (k > 0) {
        const below = layerOf(job, k - 1);
        const output = below.hidden + <usize>(step + 1) * below.hiddenStride;
        const offset = <usize>(step * layer.inputPanels) * stride;
        const between = betweenOf(below);
        multiplyPanels(
          output, between == 0 ? 0 : between + offset, layer.inputs + offset, layer.inputPanels, stride, first, last,
        );
      }
      projectInputs(layer, step, step + 1, first, last, 0, layer.numPanels);
      stepForward(layer, step, first, last, 0, layer.numPanels);
    }
  }
}

export function attendingBackward(attention: AttentionJob, task: i32, numTasks: i32): void {
  const first = begin(task, numTasks, attention.batchSize, 4), last = begin(task + 1, numTasks, attention.batchSize, 4);
  const job = attendingOf(attention), bottom = layerOf(job, 0), top = layerOf(job, job.numLayers - 1);
  const width = attention.width, valueWidth = attention.valueWidth, inputWidth = job.inputWidth;
  const stride = <usize>attention.batchSize << 5;
  const queryPanels = (width + 7) >> 3;
  for (let row = first; row < last; row++) clearGradients(attention, row);
  for (let step = attention.numQueries - 1; step >= 0; step--) {
    for (let k = job.numLayers - 1; k >= 0; k--) {
      const layer = layerOf(job, k);
      stepBackward(layer, step, first, last);
      const offset = <usize>(step * layer.numPanels) * stride;
      const gradient = k > 0 ? layerOf(job, k - 1).outputGradient + offset : job.bottomGradient;
      clearPanels(gradient, layer.inputPanels, stride, first, last);
      multiplyRows(
        layer.gates + <usize>step * layer.gatesStride, layer.inputBlocks * layer.numPanels, layer.inputWeight, gradient,
        layer.inputPanels, attention.batchSize, first, last,
      );
      const between: usize = k > 0 ? betweenOf(layerOf(job, k - 1)) : 0;
      if (between != 0) multiplyPanels(gradient, between + offset, gradient, layer.inputPanels, stride, first, last);
    }
    const queries = projectQueries(attention, step, first, last);
    const queriesGradient = job.queriesGradient + <usize>(step * queryPanels) * stride;
    for (let row = first; row < last; row++) {
      const query = job.rows + (<usize>(row * (2 * width + valueWidth)) << 2);
      const queryGradient = query + (<usize>width << 2), contextGradient = queryGradient + (<usize>width << 2);
      const at = <usize>row << 5;
      gatherRow(query, width, queries + at, stride, 0);
      gatherRow(contextGradient, valueWidth, job.bottomGradient + at, stride, 0);
      const inputGradient = job.inputsGradient + (<usize>((row * attention.numQueries + step) * inputWidth) << 2);
      gatherRow(inputGradient, inputWidth, job.bottomGradient + at, stride, valueWidth);
      attendBackward(attention, row, step, query, contextGradient, queryGradient);
      scatterRow(queryGradient, width, queriesGradient + at, stride, 0);
    }
    if (job.queryWeight == 0) addPanels(queriesGradient, top.hiddenGradient, queryPanels, stride, first, last);
    else {
      multiplyRows(
        queriesGradient, queryPanels, job.queryWeightRows, top.hiddenGradient, top.numPanels, attention.batchSize, first, last,
      );
    }
  }
}

/** y += x */
function addPanels(x: usize, y: usize, numPanels: i32, stride: usize, first: i32, last: i32): void {
  for (let panel: usize = 0; panel < <usize>numPanels; panel++) {
    const end = panel * stride + (<usize>last << 5);
    for (let at = panel * stride + (<usize>first << 5); at < end; at += 16) {
      v128.store(y + at, f32x4.add(v128.load(y + at), v128.load(x + at)));
    }
  }
}
