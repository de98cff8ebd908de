// The fixed part of the memory, below what the allocator gives out. src/memory-map.ts says the same to TypeScript.

/** Constants of four equal lanes, written once by `initialize`: V8 builds a literal vector anew at each use. */
export const CONSTANTS: usize = 64;
/** The words by which threads talk: see pool.ts. */
export const CONTROL: usize = 1024;
/** Which task is still to be had: one word a task. */
export const CLAIMS: usize = 2048;
export const MAX_TASKS: i32 = 256;
/** One counter a thread, a cache line apart: a thread that computes moves its own. */
export const HEARTBEATS: usize = 4096;
export const MAX_THREADS: i32 = 64;
/** The arguments of the kernel that runs. */
export const ARGUMENTS: usize = 8192;
/** A tile of a product, for each thread. */
export const SCRATCH: usize = 16384;
export const SCRATCH_BYTES: usize = 512;
