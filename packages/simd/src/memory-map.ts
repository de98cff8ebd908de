/** The fixed part of the kernels' memory, in bytes; assembly/layout.ts, assembly/control.ts and assembly/pool.ts say the same. */
export const CONTROL = {
  asked: 1024,
  done: 1088,
  sleepers: 1152,
  stop: 1216,
  failures: 1280,
  numThreads: 1344,
} as const;
export const HEARTBEATS = 4096;
export const MAX_THREADS = 64;
/** Jobs that may wait at once, a power of two, and the words of each: kernel, tasks, arguments, tasks done. */
export const MAX_JOBS = 64;
export const JOBS = 8192;
export const JOB_BYTES = 64;
export const CLAIMS = 65536;
export const MAX_TASKS = 256;
/** The arguments of all jobs that wait. */
export const ARGUMENTS = 131072;
/** From here on the allocator gives memory out. */
export const HEAP = 196608;
