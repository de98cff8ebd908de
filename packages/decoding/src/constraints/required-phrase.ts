/** Ids that a hypothesis has to contain, one after the other: a phrase, or any one of several. Copied. */
export type RequiredPhrase = ArrayLike<number> | { readonly anyOf: readonly ArrayLike<number>[] };
