/**
 * How a text is cut up to be scored: rows enough to be quick, and long enough (512 tokens at least, where there are as
 * many) for the fresh state at the start of each to matter little. Every token but the first is scored once.
 */
export function scoringShape(numTokens: number): { readonly batchSize: number; readonly numSteps: number } {
  return { batchSize: Math.min(32, Math.max(1, Math.floor(numTokens / 512))), numSteps: 64 };
}
