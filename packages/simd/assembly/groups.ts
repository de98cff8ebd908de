/** Bytes of the words of a group, in a cache line of its own: the steps that are done, doubled, and one more while a thread has the next. */
const WORD_BYTES: usize = 64;

/**
 * Groups of rows, which go through the steps independently: threads take some steps of a group that nobody else has, of those one that is
 * behind the others, so that all groups end together, however late a thread comes.
 *
 * @param progress zeroed before.
 * @param own the group to look at first.
 * @returns a group, of which the caller takes steps and then calls `finishSteps`; −1 where others have all that are not done.
 */
export function takeSteps(progress: usize, own: i32, numGroups: i32, numSteps: i32): i32 {
  while (true) {
    let behind = -1, least = numSteps << 1;
    for (let i = 0; i < numGroups; i++) {
      const group = own + i < numGroups ? own + i : own + i - numGroups;
      const word = atomic.load<i32>(progress + <usize>group * WORD_BYTES);
      if ((word & 1) == 0 && word < least) {
        behind = group;
        least = word;
      }
    }
    if (behind < 0) return -1;
    if (atomic.cmpxchg<i32>(progress + <usize>behind * WORD_BYTES, least, least + 1) == least) return behind;
  }
}

/** How many steps of a group are done. */
export function stepsDone(progress: usize, group: i32): i32 {
  return atomic.load<i32>(progress + <usize>group * WORD_BYTES) >> 1;
}

/** Gives a group back, of which so many steps are done. */
export function finishSteps(progress: usize, group: i32, numDone: i32): void {
  atomic.store<i32>(progress + <usize>group * WORD_BYTES, numDone << 1);
}
