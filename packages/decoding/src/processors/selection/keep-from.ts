/** Replaces the scores below `cutoff`. */
export function keepFrom(scores: Float32Array, cutoff: number, filterValue: number): void {
  for (let i = 0; i < scores.length; i++) if (scores[i]! < cutoff) scores[i] = filterValue;
}
