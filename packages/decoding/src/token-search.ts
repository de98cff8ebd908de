import type { DecodingRequest } from "./decoding-options.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { LogProbability } from "./log-probability.ts";
import { logitsAdjuster } from "./logits-adjuster.ts";
import type { Search } from "./search.ts";
import type { TokenChoice } from "./token-choice.ts";
import { tokenLogProbability } from "./token-log-probability.ts";
import { withToken } from "./with-token.ts";

/** A search that takes the token chosen at every step; its hypothesis is scored by its log-probability. */
export function tokenSearch(request: DecodingRequest, choose: TokenChoice): Search<Hypothesis> {
  const { prompt, maxLength, endTokens } = request;
  const adjust = logitsAdjuster(request);
  const logProbabilities: number[] = [];
  let ids = prompt; // the prompt, then what was generated, with room for more behind
  let length = 0;
  let sum = 0;
  let isFinished = false;
  return {
    prompt,
    advance({ logits }) {
      const token = choose(adjust(logits, ids.subarray(0, prompt.length + length)));
      const logProbability = tokenLogProbability(logits, token);
      logProbabilities.push(logProbability);
      sum += logProbability;
      ids = withToken(ids, prompt.length + length++, token);
      isFinished = endTokens.has(token);
      return isFinished || length === maxLength ? undefined : { rows: [0], tokens: [token] };
    },
    result: () => ({
      tokens: ids.slice(prompt.length, prompt.length + length),
      logProbabilities: Float64Array.from(logProbabilities),
      logProbability: sum as LogProbability,
      score: sum,
      isFinished,
    }),
  };
}
