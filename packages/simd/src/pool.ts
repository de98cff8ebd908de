import { instantiate, type KernelExports, type KernelModule } from "./kernel-module.ts";
import { ARGUMENTS, CLAIMS, CONTROL, HEAP, HEARTBEATS, JOB_BYTES, JOBS, MAX_JOBS, MAX_TASKS } from "./memory-map.ts";
import { platform, startWorker, type WasmMemory, type WorkerHandle } from "./platform.ts";

/** A thread that shows no sign of life for so long, while the others wait for a task of its, is given up. */
const PATIENCE_MS = 10_000;

/** The life of a worker: see `serve` in assembly/pool.ts. A kernel that fails is counted. */
const WORKER_SCRIPT = `
  const { module, memory, index, failures } = data;
  const abort = () => { throw new Error("simd: a kernel gave up"); };
  const kernels = new WebAssembly.Instance(module, { env: { memory, abort } }).exports;
  kernels.setThread(index);
  try {
    kernels.serve();
  } catch (error) {
    Atomics.add(new Int32Array(memory.buffer), failures >> 2, 1);
    throw error;
  }
`;

/** Words of the arguments of all jobs that wait. */
const CAPACITY = (HEAP - ARGUMENTS) >> 2;

/** The word of a job that counts the tasks that are done. */
const NUM_DONE = 3;

/** The first word of a job. */
const jobAt = (number: number) => (JOBS + (number & (MAX_JOBS - 1)) * JOB_BYTES) >> 2;

export interface Pool {
  /** Threads that take part, this one included; those that have died do not. */
  readonly numThreads: number;
  /** Beyond the highest index of a thread that may run a task: those that have died keep theirs. */
  readonly numSlots: number;
  /** Whether all jobs are done. */
  readonly isIdle: boolean;
  /** The most words that are better written by a job than after waiting: they leave as many for others. */
  readonly room: number;
  /** Lets another number of threads take part from now on. */
  resize(numThreads: number): void;
  /**
   * Asks for a kernel, which runs after those asked for before: its tasks 0 to numTasks − 1, in any order, on any thread. One that leaves
   * nothing to share runs here and now.
   *
   * @param more words that follow the arguments.
   */
  ask(kernel: number, numTasks: number, args: ArrayLike<number>, more?: ArrayLike<number>): void;
  /** Waits until all jobs are done, and takes part in them. @throws Error when a thread died over one, or a kernel failed. */
  finish(): void;
  dispose(): void;
}

/** This thread and workers beside it, which start at the first job that can be shared. */
export function createPool(kernels: KernelModule, memory: WasmMemory, numThreads: number): Pool {
  const exports: KernelExports = instantiate(kernels.module, memory);
  exports.initialize();
  // Control words lie below what the memory had when it was made, so that these views stay good when it grows shared.
  let words = new Int32Array(memory.buffer);
  const fresh = () => {
    if (words.buffer !== memory.buffer && words.length === 0) words = new Int32Array(memory.buffer);
    return words;
  };
  /** By index, from 1 on; one that has died stays, as `null`. */
  const workers: (WorkerHandle | null)[] = [];
  let wanted = numThreads;
  let isDisposed = false;
  /** How many jobs were asked for since all were done, and the end of their arguments, as the index of a word. */
  let numWaiting = 0;
  let end = ARGUMENTS >> 2;

  const startMissing = () => {
    while (workers.length < wanted - 1) {
      const at = workers.length;
      const data = { module: kernels.module, memory, index: at + 1, failures: CONTROL.failures };
      workers.push(startWorker(WORKER_SCRIPT, data, () => (workers[at] = null)));
    }
  };

  const isAlone = () => {
    for (const worker of workers) if (worker) return false;
    return workers.length > 0;
  };

  const stop = () => {
    Atomics.store(words, CONTROL.stop >> 2, 1);
    Atomics.store(words, CONTROL.done >> 2, words[CONTROL.asked >> 2]!);
    for (const word of [CONTROL.asked, CONTROL.done]) Atomics.notify(words, word >> 2);
    for (const worker of workers) worker?.terminate();
    workers.fill(null);
  };

  const signsOfLife = () => {
    const done = Atomics.load(words, CONTROL.done >> 2);
    let sum = done + Atomics.load(words, jobAt(done + 1) + NUM_DONE);
    for (let i = 0; i <= workers.length; i++) sum += Atomics.load(words, (HEARTBEATS >> 2) + (i << 4));
    return sum;
  };

  const awaitJobs = () => {
    const last = words[CONTROL.asked >> 2]!;
    let signs: number | undefined;
    let seen = 0;
    while (!exports.finish(last)) {
      if (Atomics.load(words, CONTROL.failures >> 2) > 0) {
        throw new Error("simd: a kernel failed in a worker thread. Further kernels run on one thread.");
      }
      const now = platform.performance.now();
      const latest = signsOfLife();
      if (latest !== signs) {
        signs = latest;
        seen = now;
      } else if (now - seen > PATIENCE_MS) {
        throw new Error(
          `simd: a worker thread must finish its task, and has shown no life for ${PATIENCE_MS / 1000} s. ` +
            "Further kernels run on one thread.",
        );
      }
    }
  };

  const finish = () => {
    if (numWaiting === 0) return;
    try {
      awaitJobs();
    } catch (error) {
      stop(); // the others may still be at it, and what is left rests on what was not done
      throw error;
    } finally {
      numWaiting = 0;
      end = ARGUMENTS >> 2;
    }
  };

  return {
    get numThreads() {
      let living = wanted;
      for (let i = 0; i < wanted - 1; i++) if (workers[i] === null) living--; // one that has not started is missing, not null
      return living;
    },
    get numSlots() {
      return wanted;
    },
    get isIdle() {
      return numWaiting === 0;
    },
    room: CAPACITY >> 1,
    resize(next) {
      finish();
      wanted = next;
    },
    ask(kernel, numTasks, args, more) {
      if (isDisposed) throw new Error("simd: already disposed");
      if (numTasks === 0) return;
      const isHere = (numTasks === 1 && numWaiting === 0) || wanted === 1 || isAlone();
      const numWords = args.length + (more?.length ?? 0);
      if (numWords > CAPACITY)
        throw new RangeError(`simd: arguments must be at most ${CAPACITY} words, got ${numWords}`);
      if (isHere || numWaiting === MAX_JOBS || end + numWords > HEAP >> 2) finish();
      const control = fresh();
      const begin = end;
      // One by one: `set` takes longer than many a kernel.
      for (let i = 0; i < args.length; i++) control[begin + i] = args[i]!;
      if (more) for (let i = 0; i < more.length; i++) control[begin + args.length + i] = more[i]!;
      if (isHere) {
        for (let task = 0; task < numTasks; task++) exports.runTask(kernel, begin << 2, task, numTasks);
        return;
      }
      startMissing();
      end = begin + ((numWords + 15) & ~15);
      const number = (control[CONTROL.asked >> 2]! + 1) | 0;
      const job = jobAt(number);
      control[CONTROL.numThreads >> 2] = wanted;
      control[job] = kernel;
      control[job + 1] = numTasks;
      control[job + 2] = begin << 2;
      Atomics.store(control, job + NUM_DONE, 0);
      const claims = (CLAIMS >> 2) + (number & (MAX_JOBS - 1)) * MAX_TASKS;
      for (let task = 0; task < numTasks; task++) Atomics.store(control, claims + task, number);
      Atomics.store(control, CONTROL.asked >> 2, number);
      numWaiting++;
      if (Atomics.load(control, CONTROL.sleepers >> 2) > 0) Atomics.notify(control, CONTROL.asked >> 2);
    },
    finish,
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      try {
        finish();
      } finally {
        stop();
      }
    },
  };
}
