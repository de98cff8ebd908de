import type { PhraseProgress } from "../constraints/phrase-progress.ts";
import type { Hypothesis } from "../hypothesis.ts";
import type { LogProbability } from "../log-probability.ts";

/** A sequence, as its last token and the sequence before that. The one without a token has no parent. */
export interface Beam {
  readonly token: number;
  readonly parent: Beam | undefined;
  /** Which row of the state the parent is. */
  readonly row: number;
  /** What the search adds up over the tokens: log-probabilities, as processors left them. */
  readonly sum: number;
  /** Of the token, under the model's own distribution. */
  readonly logProbability: number;
  /** [S], the attention of all tokens so far to each source position; `undefined` where nobody asks. */
  readonly coverage: Float64Array | undefined;
  /** `undefined` where no phrase is required. */
  readonly phrases: PhraseProgress | undefined;
}

/** The sequence without a token. */
export function emptyBeam(phrases?: PhraseProgress): Beam {
  return { token: -1, parent: undefined, row: 0, sum: 0, logProbability: 0, coverage: undefined, phrases };
}

/** The ids of a sequence of `length` tokens, written behind the first `offset` entries of `ids`. */
export function writeTokens(beam: Beam, length: number, ids: Int32Array, offset = 0): Int32Array {
  let each = beam;
  for (let i = offset + length - 1; i >= offset; i--, each = each.parent!) ids[i] = each.token;
  return ids;
}

export function beamHypothesis(
  beam: Beam,
  { length, score, isFinished }: { length: number; score: number; isFinished: boolean },
): Hypothesis {
  const logProbabilities = new Float64Array(length);
  let each = beam;
  for (let i = length - 1; i >= 0; i--, each = each.parent!) logProbabilities[i] = each.logProbability;
  return {
    tokens: writeTokens(beam, length, new Int32Array(length)),
    logProbabilities,
    logProbability: logProbabilities.reduce((sum, logProbability) => sum + logProbability, 0) as LogProbability,
    score,
    isFinished,
  };
}
