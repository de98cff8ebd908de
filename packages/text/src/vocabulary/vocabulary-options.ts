/**
 * The order of ids: `d2l-0.17` by falling frequency, ties in the order in which they were first seen; `torchtext` by falling
 * frequency, ties by code points; `d2l-1.0` all tokens, reserved and unknown ones too, by code points.
 */
export type VocabularyOrdering = "d2l-0.17" | "d2l-1.0" | "torchtext";

/** What a vocabulary holds besides the tokens of its corpus, which of these it leaves out, and in which order. */
export interface VocabularyOptions {
  /** Tokens that occur less often are left out; default 1, which keeps all. */
  readonly minFrequency?: number;
  /** The most ids, unknown and reserved ones counted; the rarest tokens are left out. Default: no limit. */
  readonly maxSize?: number;
  /** Tokens that always have an id, in this order, before all of the corpus; default none. May place the unknown one. */
  readonly reserved?: readonly string[];
  /** Where the reserved tokens stand; default `start`. `d2l-1.0` sorts them in among the others. */
  readonly reservedAt?: "start" | "end";
  /**
   * The token that stands for all that were left out; default `<unk>`, before the reserved ones unless it is among them.
   * `null` for none: to encode a token without an id is then an error.
   */
  readonly unknown?: string | null;
  /** Default `d2l-0.17`. */
  readonly ordering?: VocabularyOrdering;
}

const ORDERINGS: readonly unknown[] = ["d2l-0.17", "d2l-1.0", "torchtext"];

/** The options with their defaults, and the unknown and reserved tokens in their order. @throws RangeError for nonsense. */
export function checkVocabularyOptions(
  caller: string,
  {
    minFrequency = 1,
    maxSize = Infinity,
    reserved = [],
    reservedAt = "start",
    unknown = "<unk>",
    ordering = "d2l-0.17",
  }: VocabularyOptions,
) {
  const special = specialTokens(caller, { reserved, unknown });
  if (!(minFrequency >= 0)) throw new RangeError(`${caller}: minFrequency must not be negative, got ${minFrequency}`);
  const least = Math.max(1, special.length);
  if (!(maxSize === Infinity || (Number.isInteger(maxSize) && maxSize >= least))) {
    throw new RangeError(
      `${caller}: maxSize must be an integer of at least ${least}, to hold all reserved tokens, got ${maxSize}`,
    );
  }
  if (!ORDERINGS.includes(ordering)) {
    throw new RangeError(`${caller}: ordering must be ${ORDERINGS.join(" or ")}, got ${String(ordering)}`);
  }
  if (reservedAt !== "start" && reservedAt !== "end") {
    throw new RangeError(`${caller}: reservedAt must be start or end, got ${String(reservedAt)}`);
  }
  if (reservedAt === "end" && ordering === "d2l-1.0") {
    throw new RangeError(`${caller}: reservedAt must be start with the ordering d2l-1.0, which sorts them, got end`);
  }
  return { minFrequency, maxSize, special, reservedAt, unknown, ordering };
}

/** The unknown token and the reserved ones in the order of their ids. @throws RangeError when one is named twice. */
export function specialTokens(
  caller: string,
  { reserved, unknown }: { readonly reserved: readonly string[]; readonly unknown: string | null },
): string[] {
  for (const token of [...reserved, ...(unknown === null ? [] : [unknown])]) {
    if (typeof token !== "string") {
      throw new TypeError(`${caller}: unknown and reserved tokens must be strings, got ${typeof token}`);
    }
  }
  const twice = reserved.find((token, i) => reserved.indexOf(token) < i);
  if (twice !== undefined) {
    throw new RangeError(`${caller}: reserved must be distinct tokens, got ${JSON.stringify(twice)} twice`);
  }
  return unknown === null || reserved.includes(unknown) ? [...reserved] : [unknown, ...reserved];
}
