import { copyFloats } from "./move";
import { begin } from "./split";

/** Rows of a table [V, E] by ids [N]; and the sums, by id, of gradients [N, E] into a table of zeros. Ids are checked before. */
@unmanaged
export class EmbeddingJob {
  count: i32;
  width: i32;
  ids: usize;
  table: usize;
  rows: usize;
}

export function gatherRows(job: EmbeddingJob, task: i32, numTasks: i32): void {
  const bytes = <usize>job.width << 2;
  const to = begin(task + 1, numTasks, job.count, 1);
  for (let i = begin(task, numTasks, job.count, 1); i < to; i++) {
    copyFloats(job.rows + <usize>i * bytes, job.table + <usize>load<i32>(job.ids + (<usize>i << 2)) * bytes, job.width);
  }
}

/** Split by columns: each sum runs over the ids in their order, whatever the number of threads. */
export function scatterRows(job: EmbeddingJob, task: i32, numTasks: i32): void {
  const from = begin(task, numTasks, job.width, 16), to = begin(task + 1, numTasks, job.width, 16);
  for (let i = 0; i < job.count; i++) {
    let source = job.rows + (<usize>(i * job.width + from) << 2);
    let target = job.table + (<usize>(load<i32>(job.ids + (<usize>i << 2)) * job.width + from) << 2);
    let column = from;
    for (; column + 4 <= to; column += 4) {
      v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
      source += 16;
      target += 16;
    }
    for (; column < to; column++) {
      store<f32>(target, load<f32>(target) + load<f32>(source));
      source += 4;
      target += 4;
    }
  }
}
