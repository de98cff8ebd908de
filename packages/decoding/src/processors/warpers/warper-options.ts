import { checkPositiveInteger } from "../../check-positive-integer.ts";

/** What warpers that remove tokens have in common. */
export interface WarperOptions {
  /** The number of tokens that are kept whatever the rule says, the best first; positive, default 1. */
  readonly minTokensToKeep?: number;
  /** What the score of a removed token becomes; default -Infinity. */
  readonly filterValue?: number;
}

export function warperOptions(caller: string, options: WarperOptions): Required<WarperOptions> {
  const { minTokensToKeep = 1, filterValue = -Infinity } = options;
  checkPositiveInteger(caller, "minTokensToKeep", minTokensToKeep);
  if (!(filterValue < Infinity)) {
    throw new RangeError(`${caller}: filterValue must be finite or -Infinity, got ${filterValue}`);
  }
  return { minTokensToKeep, filterValue };
}
