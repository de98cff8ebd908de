import { HEARTBEATS } from "./layout";

let thread: i32 = 0;

export function setThread(index: i32): void {
  thread = index;
}

export function currentThread(): i32 {
  return thread;
}

/** Shows the thread that waits that this one computes: long kernels call it now and then. */
// @ts-ignore: decorator
@inline
export function beat(): void {
  const at = HEARTBEATS + (<usize>thread << 6);
  store<i32>(at, load<i32>(at) + 1);
}
