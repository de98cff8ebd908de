/** 61_000 -> "1:01" */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** 1234567 -> "1 234 567" */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, " ");
}

/** A perplexity, a loss: four digits where they matter. */
export function formatScore(score: number): string {
  return score < 100 ? score.toFixed(score < 10 ? 3 : 2) : formatCount(score);
}
