// The fixed part of the memory, below what the allocator gives out. src/memory-map.ts says the same to TypeScript.

/** Constants of four equal lanes, written once by `initialize`: V8 builds a literal vector anew at each use. */
export const CONSTANTS: usize = 64;
/** The words by which threads talk: see pool.ts. */
export const CONTROL: usize = 1024;
/** Jobs that may wait at once, a power of two. */
export const MAX_JOBS: i32 = 64;
/** What there is to know of each: see pool.ts. */
export const JOBS: usize = 8192;
/** Which of a job's tasks are still to be had: one word a task. */
export const CLAIMS: usize = 65536;
export const MAX_TASKS: i32 = 256;
/** One counter a thread, a cache line apart: a thread that computes moves its own. */
export const HEARTBEATS: usize = 4096;
export const MAX_THREADS: i32 = 64;
/** A tile of a product, for each thread. */
export const SCRATCH: usize = 16384;
export const SCRATCH_BYTES: usize = 512;
