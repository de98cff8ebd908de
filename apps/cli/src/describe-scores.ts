import type { Resampling, ScoreEvent } from "./events.ts";
import { formatCount } from "./format.ts";

type Score = ScoreEvent & { readonly event: "score" };

/** The scores in words, of one system in a few lines, of several as a table, with what was computed and how. */
export function describeScores(scores: readonly Score[], { width }: { readonly width: number }): string {
  const [first] = scores as readonly [Score, ...Score[]];
  const lines = scores.length === 1 ? describeOne(first, width) : alignRows(scores, width);
  lines.push(first.signature);
  if (first.resampling) lines.push(describeResampling(first.resampling, first.system));
  if (!first.isHigherBetter) lines.push("lower is better");
  return lines.join("\n");
}

function describeOne(score: Score, width: number): string[] {
  const { metric, parts } = score;
  const lines = [
    `${metric} ${score.score.toFixed(width)}${score.mean === undefined ? "" : ` (${interval(score, width)})`}`,
  ];
  if (parts) {
    const precisions = parts.precisions.map((precision) => precision.toFixed(width)).join(" ");
    const lengths = `${formatCount(parts.hypothesisLength)} tokens for ${formatCount(parts.referenceLength)}`;
    lines.push(`precisions ${precisions}, brevity penalty ${parts.brevityPenalty.toFixed(3)}, ${lengths}`);
  }
  return lines;
}

function alignRows(scores: readonly Score[], width: number): string[] {
  const rows = [
    ["system", scores[0]!.metric, "95 % interval", "p", ""],
    ...scores.map((score) => [
      score.system,
      score.score.toFixed(width),
      interval(score, width),
      score.pValue?.toFixed(4) ?? "",
      score.pValue !== undefined && score.pValue < 0.05 ? "*" : "",
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const align = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return rows.map((row) => row.map(align).join("  ").trimEnd());
}

function interval({ mean, halfWidth }: Score, width: number): string {
  return `${mean!.toFixed(width)} ± ${halfWidth!.toFixed(width)}`;
}

function describeResampling({ test, numSamples, numTrials, seed }: Resampling, baseline: string): string {
  const samples = `${formatCount(numSamples)} samples, seed ${seed}`;
  if (test === "confidence interval") return `95 % confidence interval: ${samples}`;
  const trials = numTrials === undefined ? "" : `${formatCount(numTrials)} trials, `;
  return `${test} against ${baseline}: ${trials}${samples}; * p < 0.05`;
}
