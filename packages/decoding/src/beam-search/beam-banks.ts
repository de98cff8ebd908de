/**
 * Shares places among candidates that are at different distances from holding all required phrases, so that those who are
 * nearer are not crowded out by more probable ones: the banks, from the nearest on, give their best in turns.
 *
 * @param candidates the best first; `numMissing` is their distance in tokens.
 * @see Post and Vilar, "Fast Lexically Constrained Decoding with Dynamic Beam Allocation" (2018).
 */
export function shareAmongBanks<Banked extends { readonly numMissing: number }>(
  candidates: readonly Banked[],
  count: number,
): Banked[] {
  const banks = new Map<number, Banked[]>();
  for (const each of [...candidates].sort((a, b) => a.numMissing - b.numMissing)) {
    const bank = banks.get(each.numMissing);
    if (bank) bank.push(each);
    else banks.set(each.numMissing, [each]);
  }
  const shared: Banked[] = [];
  const wanted = Math.min(count, candidates.length);
  for (let turn = 0; shared.length < wanted; turn++) {
    for (const bank of banks.values()) if (turn < bank.length && shared.length < wanted) shared.push(bank[turn]!);
  }
  return shared;
}
