/** How a query and a key are compared. */
export const ATTENTION_SCORES = ["additive", "dot", "scaled-dot", "general"] as const;

/** The form of the attention of a decoder: plain JSON. */
export interface AttentionConfig {
  /**
   * `additive` v·tanh(W_q·query + W_k·key) without biases (Bahdanau), `dot` query·key, `scaled-dot` the same by √H, or `general`
   * query·(W·key) (Luong). The two dot products want keys as wide as the query.
   */
  readonly score: (typeof ATTENTION_SCORES)[number];
  /**
   * Where the decoder attends. `before` a step: the query is the top hidden state of the step before, and the context goes, in front
   * of the embedding, into the step (Bahdanau, d2l). `after` it: the query is the step's output h, and tanh(W·[context; h]) goes to
   * the output layer (Luong). Default `before`.
   */
  readonly place?: "before" | "after";
  /** Whether that tanh(W·[context; h]) also goes, behind the embedding, into the next step. Only `after`; default false. */
  readonly hasInputFeeding?: boolean;
}

export type CompleteAttentionConfig = Required<AttentionConfig>;

/** Throws a RangeError that names `caller` unless `config`, which may come from a file, is one. */
export function checkAttentionConfig(caller: string, config: AttentionConfig): CompleteAttentionConfig {
  if (typeof config !== "object" || config === null) {
    throw new TypeError(`${caller}: attention must be an object, got ${String(config)}`);
  }
  const { score, place = "before", hasInputFeeding = false } = config;
  if (!ATTENTION_SCORES.includes(score)) {
    throw new RangeError(`${caller}: attention.score must be one of ${ATTENTION_SCORES.join(", ")}, got ${score}`);
  }
  if (place !== "before" && place !== "after") {
    throw new RangeError(`${caller}: attention.place must be before or after, got ${String(place)}`);
  }
  if (typeof hasInputFeeding !== "boolean" || (hasInputFeeding && place === "before")) {
    throw new RangeError(
      `${caller}: attention.hasInputFeeding must be false where the decoder attends before a step, got ${hasInputFeeding}`,
    );
  }
  return { score, place, hasInputFeeding };
}
