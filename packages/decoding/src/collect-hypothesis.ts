import type { Hypothesis } from "./hypothesis.ts";
import type { LogProbability } from "./log-probability.ts";
import type { StreamedToken } from "./stream-tokens.ts";

/** The hypothesis that a stream spells out to its end, scored by its log-probability. */
export async function collectHypothesis(stream: AsyncIterable<StreamedToken>): Promise<Hypothesis> {
  const tokens: number[] = [];
  let sum = 0;
  let isFinished = false;
  for await (const { token, logProbability, isEnd } of stream) {
    tokens.push(token);
    sum += logProbability;
    isFinished = isEnd;
  }
  return { tokens: Int32Array.from(tokens), logProbability: sum as LogProbability, score: sum, isFinished };
}
