import { beat, currentThread } from "./heartbeat";
import { SCRATCH, SCRATCH_BYTES } from "./layout";
import { copyFloats } from "./move";
import { multiplyRows } from "./product";
import { begin } from "./split";
import { gradientTile } from "./tile";

/** Rows of a batch in groups with matrices of their own, of `groupRows` each, of which the last may use fewer. */
@unmanaged
class GroupedJob {
  batchSize: i32;
  groupRows: i32;
  /** Bytes from group to group. */
  groupBytes: usize;
}

/** The gradient of the inputs, [T][I/8][rows][8] of each group, which must hold zeros, from the gradients of the gates. */
@unmanaged
export class InputGradientJob extends GroupedJob {
  numSteps: i32;
  gatePanels: i32;
  inputPanels: i32;
  gates: usize;
  gatesStride: usize;
  /** Panels of gate rows, one for each panel of inputs. */
  inputWeight: usize;
  inputGradient: usize;
  inputGroupBytes: usize;
}

export function inputGradient(job: InputGradientJob, task: i32, numTasks: i32): void {
  const from = begin(task, numTasks, job.numSteps, 1), to = begin(task + 1, numTasks, job.numSteps, 1);
  for (let step = from; step < to; step++) {
    let base = job.gates, input = job.inputGradient;
    for (let first = 0; first < job.batchSize; first += job.groupRows) {
      const rows = min(job.groupRows, job.batchSize - first);
      const gates = base + <usize>step * job.gatesStride;
      const target = input + (<usize>(step * job.inputPanels * job.groupRows) << 5);
      multiplyRows(gates, job.gatePanels, job.inputWeight, target, job.inputPanels, job.groupRows, 0, rows);
      base += job.groupBytes;
      input += job.inputGroupBytes;
    }
    beat();
  }
}

/**
 * The gradient of a weight, the sum over steps and rows of (gradient of the gates)ᵀ · operand, row-major [blocks·H, width] with
 * the blocks in the order of the parameter. Split by columns, so that no sum depends on the number of threads.
 */
@unmanaged
export class WeightGradientJob extends GroupedJob {
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
  /** [T][B][8] for each thread: a panel of gates, its steps one after the other. */
  scratch: usize;
  /** [width/8][T][B][8] */
  operand: usize;
  width: i32;
  gradient: usize;
}

export function weightGradient(job: WeightGradientJob, task: i32, numTasks: i32): void {
  const numRows = job.numSteps * job.batchSize;
  const panelBytes = <usize>numRows << 5;
  const panels = (job.width + 7) >> 3;
  const gatePanels = job.numBlocks * job.numPanels;
  const from = begin(task, numTasks, gatePanels, 1), to = begin(task + 1, numTasks, gatePanels, 1);
  const source = job.scratch + <usize>currentThread() * panelBytes;
  const tile = SCRATCH + <usize>currentThread() * SCRATCH_BYTES;
  for (let index = from; index < to; index++) {
    beat();
    let target = source;
    for (let step = 0; step < job.numSteps; step++) {
      let base = job.gates;
      for (let first = 0; first < job.batchSize; first += job.groupRows) {
        const rows = min(job.groupRows, job.batchSize - first);
        copyFloats(target, base + <usize>step * job.gatesStride + (<usize>(index * job.groupRows) << 5), rows << 3);
        target += <usize>rows << 5;
        base += job.groupBytes;
      }
    }
    const block = index / job.numPanels, inBlock = (index % job.numPanels) << 3;
    const parameterBlock = block == 0 ? job.block0 : block == 1 ? job.block1 : block == 2 ? job.block2 : job.block3;
    for (let panel = 0; panel < panels; panel++) {
      const operand = job.operand + <usize>panel * panelBytes;
      const columns = min(8, job.width - (panel << 3));
      for (let half = 0; half < 8; half += 4) {
        const rows = min(4, job.hiddenSize - inBlock - half);
        if (rows <= 0) break;
        gradientTile(source + (<usize>half << 2), operand, numRows, tile);
        for (let r = 0; r < rows; r++) {
          const at = (parameterBlock * job.hiddenSize + inBlock + half + r) * job.width + (panel << 3);
          copyFloats(job.gradient + (<usize>at << 2), tile + (<usize>r << 5), columns);
        }
      }
    }
  }
}

/** Sums of the gradients of the gates over steps and rows, [blocks·H], and those for each id, [V][input blocks·H], zeroed before. */
@unmanaged
export class GateSumsJob extends GroupedJob {
  numSteps: i32;
  gatePanels: i32;
  gates: usize;
  gatesStride: usize;
  /** [blocks·H], or 0 */
  sums: usize;
  /** [T][rows] of each group, or 0 */
  ids: usize;
  idGroupBytes: usize;
  inputPanels: i32;
  /** [V][input blocks·H] */
  table: usize;
}

export function gateSums(job: GateSumsJob, task: i32, numTasks: i32): void {
  const from = begin(task, numTasks, job.gatePanels, 1), to = begin(task + 1, numTasks, job.gatePanels, 1);
  for (let panel = from; panel < to; panel++) {
    beat();
    let s0 = f32x4.splat(0), s1 = s0;
    const hasTable = job.ids != 0 && panel < job.inputPanels;
    for (let step = 0; step < job.numSteps; step++) {
      let base = job.gates, ids = job.ids;
      for (let first = 0; first < job.batchSize; first += job.groupRows) {
        const rows = min(job.groupRows, job.batchSize - first);
        let at = base + <usize>step * job.gatesStride + (<usize>(panel * job.groupRows) << 5);
        let id = ids + (<usize>(step * job.groupRows) << 2);
        const end = at + (<usize>rows << 5);
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
        base += job.groupBytes;
        ids += job.idGroupBytes;
      }
    }
    if (job.sums != 0) {
      v128.store(job.sums + (<usize>panel << 5), s0);
      v128.store(job.sums + (<usize>panel << 5), s1, 16);
    }
  }
}
