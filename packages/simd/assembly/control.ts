import { CONTROL } from "./layout";

// Words of the control block.
export const EPOCH: usize = CONTROL; // counts jobs
export const KERNEL: usize = CONTROL + 4;
export const NUM_TASKS: usize = CONTROL + 8;
export const NUM_DONE: usize = CONTROL + 64; // each in a cache line of its own
export const SLEEPERS: usize = CONTROL + 128;
export const STOP: usize = CONTROL + 192;
export const FAILURES: usize = CONTROL + 256;
export const NUM_THREADS: usize = CONTROL + 320; // that take part
