import type { LogProbability } from "../log-probability.ts";
import { tokenLogProbability } from "../token-log-probability.ts";
import type { StopReason } from "./stop-condition.ts";

/** One token of a stream. */
export interface StreamedToken {
  readonly token: number;
  /**
   * In nats, under the model's own distribution, however the token was chosen. Computed when it is first read, so that
   * greedy decoding need not pay for it; until then the token keeps the model's row of logits.
   */
  readonly logProbability: LogProbability;
  /** Why the stream ends here; `undefined` where it goes on. */
  readonly stopReason: StopReason | undefined;
}

export function streamedToken(logits: Float32Array, token: number, stopReason: StopReason | undefined): StreamedToken {
  let row: Float32Array | undefined = logits;
  let logProbability = 0;
  return {
    token,
    get logProbability() {
      if (row) logProbability = tokenLogProbability(row, token);
      row = undefined;
      return logProbability as LogProbability;
    },
    stopReason,
  };
}
