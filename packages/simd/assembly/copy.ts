import { copyFloats } from "./move";
import { begin } from "./split";

/**
 * Copies 32-bit elements between two layouts of [n0, n1, n2, n3], with strides in elements: transposition, slices, joins, splits,
 * broadcasting.
 */
@unmanaged
export class CopyJob {
  n0: i32;
  n1: i32;
  n2: i32;
  n3: i32;
  source: usize;
  s0: i32;
  s1: i32;
  s2: i32;
  s3: i32;
  target: usize;
  t0: i32;
  t1: i32;
  t2: i32;
  t3: i32;
}

export function copy(job: CopyJob, task: i32, numTasks: i32): void {
  const planes = job.n0 * job.n1;
  // Large planes are split themselves.
  const isSplit = planes < numTasks;
  const fromPlane = isSplit ? 0 : begin(task, numTasks, planes, 1), toPlane = isSplit ? planes : begin(task + 1, numTasks, planes, 1);
  const fromRow = isSplit ? begin(task, numTasks, job.n2, 4) : 0, toRow = isSplit ? begin(task + 1, numTasks, job.n2, 4) : job.n2;
  for (let plane = fromPlane; plane < toPlane; plane++) {
    const i0 = plane / job.n1, i1 = plane % job.n1;
    const source = job.source + (<usize>(i0 * job.s0 + i1 * job.s1) << 2);
    const target = job.target + (<usize>(i0 * job.t0 + i1 * job.t1) << 2);
    if (job.s3 == 1 && job.t3 == 1) copyRows(job, source, target, fromRow, toRow);
    else if (job.s2 == 1 && job.t3 == 1) transpose(job, source, target, fromRow, toRow);
    else copyElements(job, source, target, fromRow, toRow);
  }
}

function copyRows(job: CopyJob, source: usize, target: usize, from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    copyFloats(target + (<usize>(row * job.t2) << 2), source + (<usize>(row * job.s2) << 2), job.n3);
  }
}

function copyElements(job: CopyJob, source: usize, target: usize, from: i32, to: i32): void {
  const s3 = <usize>job.s3 << 2, t3 = <usize>job.t3 << 2;
  for (let row = from; row < to; row++) {
    let s = source + (<usize>(row * job.s2) << 2), t = target + (<usize>(row * job.t2) << 2);
    for (let i = 0; i < job.n3; i++) {
      store<i32>(t, load<i32>(s));
      s += s3;
      t += t3;
    }
  }
}

/** target[row, column] = source[column, row], in tiles of four by four. */
function transpose(job: CopyJob, source: usize, target: usize, from: i32, to: i32): void {
  const s = <usize>job.s3 << 2, t = <usize>job.t2 << 2;
  let row = from;
  for (; row + 4 <= to; row += 4) {
    let p = source + (<usize>row << 2), q = target + <usize>row * t;
    let column = 0;
    for (; column + 4 <= job.n3; column += 4) {
      const a = v128.load(p), b = v128.load(p + s), c = v128.load(p + (s << 1)), d = v128.load(p + (s << 1) + s);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(q, v128.shuffle<f64>(ab0, cd0, 0, 2));
      v128.store(q + t, v128.shuffle<f64>(ab0, cd0, 1, 3));
      v128.store(q + (t << 1), v128.shuffle<f64>(ab1, cd1, 0, 2));
      v128.store(q + (t << 1) + t, v128.shuffle<f64>(ab1, cd1, 1, 3));
      p += s << 2;
      q += 16;
    }
    for (; column < job.n3; column++) {
      for (let r: usize = 0; r < 4; r++) store<i32>(q + r * t, load<i32>(p + (r << 2)));
      p += s;
      q += 4;
    }
  }
  copyElements(job, source, target, row, to);
}
