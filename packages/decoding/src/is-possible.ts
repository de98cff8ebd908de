/** Whether one row of scores leaves a token to choose: one that is not -Infinity. */
export function isPossible(scores: Float32Array): boolean {
  for (let i = 0; i < scores.length; i++) if (scores[i] !== -Infinity) return true;
  return false;
}
