/**
 * Whether a stream has said enough: asked after every token, which is its last when the answer is yes.
 *
 * @param generated the ids so far, without the prompt; borrowed for the call.
 */
export type StopCondition = (generated: Int32Array) => boolean;

/** Why a token is the last of its stream: it ends sequences, a {@link StopCondition} held, or `maxLength` was reached. */
export type StopReason = "end token" | "condition" | "length";
