/** The error of a search that has nowhere to go. */
export function impossibleTokens(caller: string, length: number): RangeError {
  return new RangeError(
    `${caller}: constraints and processors must leave a token possible, got none as generated token ${length}`,
  );
}
