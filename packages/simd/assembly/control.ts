import { CONTROL } from "./layout";

// Words of the control block.
export const EPOCH: usize = CONTROL; // counts jobs; like those below in a cache line of its own, for threads that wait keep looking at it
export const NUM_DONE: usize = CONTROL + 64;
export const SLEEPERS: usize = CONTROL + 128;
export const STOP: usize = CONTROL + 192;
export const FAILURES: usize = CONTROL + 256;
export const NUM_THREADS: usize = CONTROL + 320; // that take part
export const KERNEL: usize = CONTROL + 324;
export const NUM_TASKS: usize = CONTROL + 328;
