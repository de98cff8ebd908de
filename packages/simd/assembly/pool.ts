import { ASKED, DONE, NUM_THREADS, SLEEPERS, STOP } from "./control";
import { currentThread } from "./heartbeat";
import { CLAIMS, JOBS, MAX_JOBS, MAX_TASKS } from "./layout";
import { runTask } from "./kernels";

/** Looks at a word this often before going to sleep: about as long as JavaScript takes from one job to the next. */
const SPINS: i32 = 100000;

/** A kernel that was asked for. */
@unmanaged
class Job {
  kernel: i32;
  numTasks: i32;
  args: usize;
  numDone: i32;
}

const JOB_BYTES: usize = 64;

/** Takes the tasks of a job that nobody else has taken, from this thread's own share on. */
function takeTasks(number: i32): void {
  const numThreads = load<i32>(NUM_THREADS);
  if (currentThread() >= numThreads) return;
  const place = <usize>(number & (MAX_JOBS - 1));
  const job = changetype<Job>(JOBS + place * JOB_BYTES);
  const claims = CLAIMS + ((place * MAX_TASKS) << 2);
  const count = job.numTasks;
  let task = <i32>((<i64>count * currentThread()) / numThreads);
  if (task >= count) task = 0;
  for (let i = 0; i < count; i++) {
    const claim = claims + (<usize>task << 2);
    // A task is had by whoever changes its word from the job's number to another, which belongs to no job of this place. So a thread that
    // comes late, or never, holds nobody up, and one that reads a job which is long done, and another's words, takes nothing.
    if (atomic.load<i32>(claim) == number && atomic.cmpxchg<i32>(claim, number, ~number) == number) {
      runTask(job.kernel, job.args, task, count);
      if (atomic.add<i32>(changetype<usize>(job) + offsetof<Job>("numDone"), 1) == count - 1) tell(DONE, number);
    }
    if (++task == count) task = 0;
  }
}

function tell(word: usize, number: i32): void {
  atomic.store<i32>(word, number);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(word, i32.MAX_VALUE);
}

/** Looks a while whether a number is reached. */
function isReached(word: usize, number: i32): bool {
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(word) - number >= 0) return true;
  return false;
}

/** Takes part in all jobs up to this one, and waits a while for the other threads; whether it is done. Call again until it is. */
export function finish(last: i32): bool {
  for (let number = atomic.load<i32>(DONE) + 1; number - last <= 0; number++) {
    if (!isReached(DONE, number - 1)) return false;
    takeTasks(number);
  }
  return isReached(DONE, last);
}

/** Waits until a number is reached, or there is reason to stop; whether it is reached. */
function sleepUntil(word: usize, number: i32): bool {
  while (!isReached(word, number)) {
    const value = atomic.load<i32>(word);
    atomic.add<i32>(SLEEPERS, 1);
    if (value - number < 0 && !atomic.load<i32>(STOP)) atomic.wait<i32>(word, value, -1);
    atomic.sub<i32>(SLEEPERS, 1);
    if (atomic.load<i32>(STOP)) return false;
  }
  return !atomic.load<i32>(STOP);
}

/** The life of a worker: takes the tasks of one job after the other until it is told to stop. */
export function serve(): void {
  let number = atomic.load<i32>(DONE) + 1;
  while (sleepUntil(ASKED, number) && sleepUntil(DONE, number - 1)) {
    const done = atomic.load<i32>(DONE);
    if (done - number >= 0) {
      number = done + 1;
      continue;
    }
    takeTasks(number);
    number++;
  }
}
