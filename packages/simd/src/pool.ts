import { instantiate, type KernelExports, type KernelModule } from "./kernel-module.ts";
import { CLAIMS, CONTROL, HEARTBEATS } from "./memory-map.ts";
import { platform, startWorker, type WasmMemory, type WorkerHandle } from "./platform.ts";

/** A thread that shows no sign of life for so long, while the others wait for a task of its, is given up. */
const PATIENCE_MS = 10_000;

/** The life of a worker: see `serve` in assembly/pool.ts. A kernel that fails is counted, and its task counted as done. */
const WORKER_SCRIPT = `
  const { module, memory, index, numDone, failures } = data;
  const words = new Int32Array(memory.buffer);
  const abort = () => { throw new Error("simd: a kernel gave up"); };
  const kernels = new WebAssembly.Instance(module, { env: { memory, abort } }).exports;
  kernels.setThread(index);
  try {
    kernels.serve();
  } catch (error) {
    Atomics.add(words, failures >> 2, 1);
    Atomics.add(words, numDone >> 2, 1);
    throw error;
  }
`;

export interface Pool {
  /** Threads that take part, this one included; those that have died do not. */
  readonly numThreads: number;
  /** Beyond the highest index of a thread that may run a task: those that have died keep theirs. */
  readonly numSlots: number;
  /** Lets another number of threads take part from the next job on. */
  resize(numThreads: number): void;
  /** Runs a kernel whose arguments stand in memory: its tasks 0 to numTasks − 1, in any order, on any thread. */
  run(kernel: number, numTasks: number): void;
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

  const startMissing = () => {
    while (workers.length < wanted - 1) {
      const at = workers.length;
      const { numDone, failures } = CONTROL;
      const data = { module: kernels.module, memory, index: at + 1, numDone, failures };
      workers.push(startWorker(WORKER_SCRIPT, data, () => (workers[at] = null)));
    }
  };

  const heartbeats = () => {
    let sum = 0;
    for (let i = 0; i <= workers.length; i++) sum += Atomics.load(words, (HEARTBEATS >> 2) + (i << 4));
    return sum;
  };

  const waitForOthers = (numTasks: number) => {
    if (exports.awaitTasks() !== 0) return;
    let beats = heartbeats();
    let seen = platform.performance.now();
    while (exports.awaitTasks() === 0) {
      const now = platform.performance.now();
      const latest = heartbeats() + Atomics.load(words, CONTROL.numDone >> 2);
      if (latest !== beats) {
        beats = latest;
        seen = now;
      } else if (now - seen > PATIENCE_MS) {
        stop();
        throw new Error(
          `simd: a worker thread must finish its task, and has shown no life for ${PATIENCE_MS / 1000} s; ` +
            `${Atomics.load(words, CONTROL.numDone >> 2)} of ${numTasks} tasks were done. Further kernels run on one thread.`,
        );
      }
    }
  };

  const stop = () => {
    Atomics.store(words, CONTROL.stop >> 2, 1);
    Atomics.add(words, CONTROL.epoch >> 2, 1);
    Atomics.notify(words, CONTROL.epoch >> 2);
    for (const worker of workers) worker?.terminate();
    workers.fill(null);
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
    resize(next) {
      wanted = next;
    },
    run(kernel, numTasks) {
      if (isDisposed) throw new Error("simd: already disposed");
      const control = fresh();
      control[CONTROL.kernel >> 2] = kernel;
      if (numTasks === 1 || (workers.length > 0 && workers.every((worker) => worker === null))) {
        for (let task = 0; task < numTasks; task++) exports.runTask(task, numTasks);
        return;
      }
      startMissing();
      control[CONTROL.numThreads >> 2] = wanted;
      const epoch = (control[CONTROL.epoch >> 2]! % 0x3fffffff) + 1;
      control[CONTROL.numTasks >> 2] = numTasks;
      Atomics.store(control, CONTROL.numDone >> 2, 0);
      for (let task = 0; task < numTasks; task++) Atomics.store(control, (CLAIMS >> 2) + task, epoch);
      Atomics.store(control, CONTROL.epoch >> 2, epoch);
      if (Atomics.load(control, CONTROL.sleepers >> 2) > 0) Atomics.notify(control, CONTROL.epoch >> 2);
      try {
        exports.takeTasks(epoch);
      } catch (error) {
        stop(); // the others may still be at it, and what they count would be taken for the next kernel's
        throw error;
      }
      waitForOthers(numTasks);
      if (Atomics.load(control, CONTROL.failures >> 2) > 0) {
        Atomics.store(control, CONTROL.failures >> 2, 0);
        throw new Error(`simd: kernel ${kernel} failed in a worker thread`);
      }
    },
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      stop();
    },
  };
}
