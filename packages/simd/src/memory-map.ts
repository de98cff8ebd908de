/** The fixed part of the kernels' memory, in bytes; assembly/layout.ts and assembly/control.ts say the same. */
export const CONTROL = {
  epoch: 1024,
  numDone: 1088,
  sleepers: 1152,
  stop: 1216,
  failures: 1280,
  numThreads: 1344,
  kernel: 1348,
  numTasks: 1352,
} as const;
export const CLAIMS = 2048;
export const MAX_TASKS = 256;
export const HEARTBEATS = 4096;
export const MAX_THREADS = 64;
export const ARGUMENTS = 8192;
/** From here on the allocator gives memory out. */
export const HEAP = 65536;
