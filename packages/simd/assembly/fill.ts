import { copyFloats } from "./move";
import { begin } from "./split";

/** The same 32-bit value for all elements of some runs, `stride` bytes apart. */
@unmanaged
export class FillJob {
  count: i32;
  target: usize;
  value: i32;
  numRuns: i32;
  stride: usize;
}

export function fill(job: FillJob, task: i32, numTasks: i32): void {
  const from = <usize>begin(task, numTasks, job.count, 16) << 2, to = <usize>begin(task + 1, numTasks, job.count, 16) << 2;
  const values = i32x4.splat(job.value);
  for (let run = 0; run < job.numRuns; run++) {
    const base = job.target + <usize>run * job.stride, end = base + to;
    let at = base + from;
    for (; at + 16 <= end; at += 16) v128.store(at, values);
    for (; at < end; at += 4) store<i32>(at, job.value);
  }
}

/** Elements that come with the job. */
@unmanaged
export class WriteJob {
  count: i32;
  target: usize;
}

export function write(job: WriteJob, task: i32): void {
  if (task == 0) copyFloats(job.target, changetype<usize>(job) + offsetof<WriteJob>(), job.count);
}
