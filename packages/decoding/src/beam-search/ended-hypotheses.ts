import type { Hypothesis } from "../hypothesis.ts";

/** The best sequences that have ended. */
export interface EndedHypotheses {
  /** The best first, of equal scores the shorter, then those added first; at most `count`. */
  readonly ranked: readonly Hypothesis[];
  add(hypothesis: Hypothesis): void;
  /** What a score has to exceed to get in; -Infinity while there is room. */
  bar(): number;
}

export function endedHypotheses(count: number): EndedHypotheses {
  const ranked: Hypothesis[] = [];
  return {
    ranked,
    add(hypothesis) {
      const { score, tokens } = hypothesis;
      const worse = ranked.findIndex(
        (each) => each.score < score || (each.score === score && each.tokens.length > tokens.length),
      );
      ranked.splice(worse < 0 ? ranked.length : worse, 0, hypothesis);
      if (ranked.length > count) ranked.pop();
    },
    bar: () => (ranked.length < count ? -Infinity : ranked[count - 1]!.score),
  };
}
