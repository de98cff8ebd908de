import { CONTROL } from "./layout";

// Words of the control block, those at which threads keep looking in cache lines of their own. Jobs are numbered in the order in which they
// are asked for, and run in it; numbers wrap around.
/** The last job that was asked for. */
export const ASKED: usize = CONTROL;
/** The last job that is done. */
export const DONE: usize = CONTROL + 64;
export const SLEEPERS: usize = CONTROL + 128;
export const STOP: usize = CONTROL + 192;
export const FAILURES: usize = CONTROL + 256;
/** Threads that take part. */
export const NUM_THREADS: usize = CONTROL + 320;
