/** How often a thread looks whether the others are done with a phase before it leaves the rest to them: far longer than any part takes. */
const SPINS: i32 = 1_000_000_000;
/** From the number of parts done, in a cache line of its own, to the claims. */
const CLAIMS: usize = 64;

/**
 * Work in phases, each of which reads what all parts of the one before wrote. Threads take the parts of a phase that nobody else has
 * taken, from their own share on. So one that comes late joins where the others are, and one that never comes holds nobody up.
 *
 * @param progress zeroed before the first phase: the number of parts done, then, for each part, how many phases it was taken in.
 * @param own the part to begin with.
 * @returns phase · numParts + part, of which the caller does the work and then calls `finishPart`; −1 where nothing is left to take.
 */
export function takePart(progress: usize, own: i32, numParts: i32, numPhases: i32): i32 {
  while (true) {
    const phase = atomic.load<i32>(progress) / numParts;
    if (phase >= numPhases) return -1;
    let part = own;
    do {
      const claim = progress + CLAIMS + (<usize>part << 2);
      if (atomic.load<i32>(claim) == phase && atomic.cmpxchg<i32>(claim, phase, phase + 1) == phase) {
        return phase * numParts + part;
      }
      if (++part == numParts) part = 0;
    } while (part != own);
    if (!isReached(progress, (phase + 1) * numParts)) return -1;
  }
}

export function finishPart(progress: usize): void {
  atomic.add<i32>(progress, 1);
}

/** Whoever has taken a part never waits, so that somebody always goes on, and patience ends only where a thread has died. */
function isReached(progress: usize, count: i32): bool {
  for (let i = 0; i < SPINS; i++) if (atomic.load<i32>(progress) >= count) return true;
  return false;
}
