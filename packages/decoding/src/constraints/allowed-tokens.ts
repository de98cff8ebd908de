/**
 * The only ids that may come next, as a constraint on a search; `undefined` stands for all of them, and none ends the
 * sequence without a result. Hugging Face calls it `prefix_allowed_tokens_fn`, and hands over the prompt, too.
 *
 * @param generated the tokens generated so far, without the prompt; borrowed, and valid only during the call.
 * @param promptIndex which prompt of a batch this is; 0 where there is one.
 */
export type AllowedTokens = (generated: Int32Array, promptIndex: number) => ArrayLike<number> | undefined;
