import type { LogProbability } from "./log-probability.ts";

/** A sequence that a search proposes as the continuation of a prompt. */
export interface Hypothesis {
  /** The generated ids, without the prompt, with the end token when one ended the sequence. The caller's. */
  readonly tokens: Int32Array;
  /** [L], those of `tokens` one by one, in nats, under the model's own distribution. The caller's. */
  readonly logProbabilities: Float64Array;
  /** The sum over `tokens` of their log-probabilities, in nats, under the model's own distribution (temperature 1). */
  readonly logProbability: LogProbability;
  /** What the search ranks by, higher is better: `logProbability`, unless the search says otherwise. */
  readonly score: number;
  /** Whether an end token ended the sequence; otherwise `maxLength` did. */
  readonly isFinished: boolean;
}
