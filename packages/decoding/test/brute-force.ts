import type { LogitsAfter } from "./history-stepper.ts";

interface Candidate {
  readonly tokens: number[];
  readonly logProbability: number;
  readonly score: number;
  readonly isFinished: boolean;
}

/** Every sequence that a search may return, the best first, by plain recursion over plain probabilities. */
export function bruteForce(
  logitsAfter: LogitsAfter,
  options: { prompt: number[]; maxLength: number; endTokens: number[]; lengthExponent: number },
): Candidate[] {
  const { prompt, maxLength, endTokens, lengthExponent } = options;
  const found: Candidate[] = [];
  const visit = (tokens: number[], logProbability: number): void => {
    const weights = Array.from(logitsAfter([...prompt, ...tokens]), Math.exp);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [token, weight] of weights.entries()) {
      if (weight === 0) continue;
      const extended = [...tokens, token];
      const sum = logProbability + Math.log(weight / total);
      const isFinished = endTokens.includes(token);
      if (isFinished || extended.length === maxLength) {
        const score = sum / extended.length ** lengthExponent;
        found.push({ tokens: extended, logProbability: sum, score, isFinished });
      } else visit(extended, sum);
    }
  };
  visit([], 0);
  return found.sort((a, b) => b.score - a.score);
}
