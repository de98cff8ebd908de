import { EPOCH, NUM_DONE, NUM_TASKS, NUM_THREADS, SLEEPERS, STOP } from "./control";
import { currentThread } from "./heartbeat";
import { CLAIMS } from "./layout";
import { runTask } from "./kernels";

/** Looks at a word this often before going to sleep: about as long as JavaScript takes from one job to the next. */
const SPINS: i32 = 100000;

/**
 * Takes the tasks of a job that nobody else has taken, from this thread's own share on. A task is had by whoever changes its
 * word from the job's number to its negative, so a thread that comes late, or never, holds nobody up.
 */
export function takeTasks(epoch: i32): void {
  const numThreads = load<i32>(NUM_THREADS);
  if (currentThread() >= numThreads) return;
  const count = load<i32>(NUM_TASKS);
  let task = <i32>((<i64>count * currentThread()) / numThreads);
  if (task >= count) task = 0;
  for (let i = 0; i < count; i++) {
    const claim = CLAIMS + (<usize>task << 2);
    if (atomic.load<i32>(claim) == epoch && atomic.cmpxchg<i32>(claim, epoch, -epoch) == epoch) {
      runTask(task, count);
      atomic.add<i32>(NUM_DONE, 1);
    }
    if (++task == count) task = 0;
  }
}

/** Waits a while for the other threads; whether they are done. */
export function awaitTasks(): bool {
  const count = load<i32>(NUM_TASKS);
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(NUM_DONE) == count) return true;
  return false;
}

/** The life of a worker: waits for jobs and takes their tasks until it is told to stop. */
export function serve(): void {
  let last = 0;
  while (true) {
    let epoch = atomic.load<i32>(EPOCH);
    for (let i = 0; epoch == last && i < SPINS; i++) epoch = atomic.load<i32>(EPOCH);
    if (epoch == last) {
      atomic.add<i32>(SLEEPERS, 1);
      atomic.wait<i32>(EPOCH, last, -1);
      atomic.sub<i32>(SLEEPERS, 1);
      continue;
    }
    if (atomic.load<i32>(STOP)) return;
    last = epoch;
    takeTasks(epoch);
  }
}
