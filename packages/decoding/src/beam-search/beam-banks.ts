import type { Beam } from "./beam.ts";

/**
 * Shares places among sequences that are at different distances from holding all required phrases, so that those who are
 * nearer are not crowded out by more probable ones: the banks, from the nearest on, give their best in turns.
 *
 * @param beams the best first.
 * @see Post and Vilar, "Fast Lexically Constrained Decoding with Dynamic Beam Allocation" (2018).
 */
export function shareAmongBanks(beams: readonly Beam[], count: number): Beam[] {
  const banks = new Map<number, Beam[]>();
  for (const beam of [...beams].sort((a, b) => a.phrases!.numMissing - b.phrases!.numMissing)) {
    const { numMissing } = beam.phrases!;
    const bank = banks.get(numMissing);
    if (bank) bank.push(beam);
    else banks.set(numMissing, [beam]);
  }
  const shared: Beam[] = [];
  const wanted = Math.min(count, beams.length);
  for (let turn = 0; shared.length < wanted; turn++) {
    for (const bank of banks.values()) if (turn < bank.length && shared.length < wanted) shared.push(bank[turn]!);
  }
  return shared;
}
