import { LSTM } from "./gates";
import { beat } from "./heartbeat";
import { copyFloats } from "./move";
import { multiplyRows } from "./product";
import { projectInputs, RecurrentJob, stepForward } from "./recurrent";
import { begin } from "./split";

/** One token in each row of a recurrent language model. Matrices are blocked: see tile.ts. */
@unmanaged
export class DecodingJob {
  batchSize: i32;
  vocabSize: i32;
  numLayers: i32;
  /** A RecurrentJob of one step for each layer; inputs and states are written into it. */
  layers: usize;
  /** [B] */
  tokens: usize;
  /** [V, E], row-major; 0 where tokens stand for one-hot rows. */
  embedding: usize;
  embeddingSize: i32;
  /** [E/8][B][8]: written. */
  inputs: usize;
  /** For each layer [H/8][B][8]: the hidden state and, of an LSTM, the cell state. */
  state: usize;
  /** The same: written. */
  nextState: usize;
  /** Panels of H rows, one for each panel of the logits. */
  outputWeight: usize;
  /** [V/8][8] */
  outputBias: usize;
  /** [V/8][B][8]: written. */
  blockedLogits: usize;
  /** [B, V], row-major: written. */
  logits: usize;
  /** Which one `decodeLayer` computes. */
  layer: i32;
}

/** A layer, the first with the embedding, for a share of its units: so each thread reads a share of the weights, however few the rows. */
export function decodeLayer(job: DecodingJob, task: i32, numTasks: i32): void {
  // Every task writes the same.
  const layer = layerOf(job, job.layer);
  const size = <usize>(layer.numPanels * job.batchSize) << 5;
  const layerSize = size * (layer.kind == LSTM ? 2 : 1);
  const state = job.state + <usize>job.layer * layerSize, nextState = job.nextState + <usize>job.layer * layerSize;
  if (layer.inputPanels == 0) layer.ids = job.tokens;
  else layer.inputs = job.layer == 0 ? job.inputs : nextState - layerSize;
  if (job.layer == 0 && job.embedding != 0) for (let row = 0; row < job.batchSize; row++) lookUp(job, row);
  layer.hidden = state;
  layer.hiddenStride = nextState - state;
  if (layer.kind == LSTM) {
    layer.cell = state + size;
    layer.cellStride = nextState - state;
  }
  const from = begin(task, numTasks, layer.numPanels, 1), to = begin(task + 1, numTasks, layer.numPanels, 1);
  projectInputs(layer, 0, 1, 0, job.batchSize, from, to);
  stepForward(layer, 0, 0, job.batchSize, from, to);
}

/** The projection of the top layer's hidden state, for a share of the vocabulary. */
export function decodeLogits(job: DecodingJob, task: i32, numTasks: i32): void {
  const panels = (job.vocabSize + 7) >> 3;
  const from = begin(task, numTasks, panels, 4), to = begin(task + 1, numTasks, panels, 4);
  const top = layerOf(job, job.numLayers - 1);
  const stride = <usize>job.batchSize << 5;
  const first = job.blockedLogits + <usize>from * stride;
  let c = first;
  for (let panel = from; panel < to; panel++) {
    const bias = job.outputBias + (<usize>panel << 5);
    const b0 = v128.load(bias), b1 = v128.load(bias, 16);
    for (const end = c + stride; c < end; c += 32) {
      v128.store(c, b0);
      v128.store(c, b1, 16);
    }
  }
  const weight = job.outputWeight + <usize>from * (<usize>top.numPanels << 8);
  multiplyRows(top.hidden + top.hiddenStride, top.numPanels, weight, first, to - from, job.batchSize, 0, job.batchSize);
  beat();
  for (let panel = from; panel < to; panel++) {
    let source = job.blockedLogits + <usize>panel * stride;
    const columns = min(8, job.vocabSize - (panel << 3));
    for (let row = 0; row < job.batchSize; row++) {
      copyFloats(job.logits + (<usize>(row * job.vocabSize + (panel << 3)) << 2), source, columns);
      source += 32;
    }
  }
}

@inline
function layerOf(job: DecodingJob, index: i32): RecurrentJob {
  return changetype<RecurrentJob>(job.layers + <usize>index * offsetof<RecurrentJob>());
}

/**
 * The row of the embedding that a token stands for, into panels that are padded by zeros. Every task writes it, while others may read
 * it, so nothing is ever written but what is to stand there.
 */
function lookUp(job: DecodingJob, row: i32): void {
  const token = load<i32>(job.tokens + (<usize>row << 2));
  let source = job.embedding + (<usize>(token * job.embeddingSize) << 2);
  let target = job.inputs + (<usize>row << 5);
  for (let left = job.embeddingSize; left > 0; left -= 8) {
    const count = min(8, left);
    copyFloats(target, source, count);
    for (let column = count; column < 8; column++) store<f32>(target + (<usize>column << 2), 0);
    source += 32;
    target += <usize>job.batchSize << 5;
  }
}
