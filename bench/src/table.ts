import type { BenchmarkRecord } from "./benchmark.ts";

/** Records as lines of aligned columns under a heading; ratios are against `baseline`, and against `peer` where it was there. */
export function table(records: readonly BenchmarkRecord[], baseline: string, peer?: string): string {
  const hasPeer = records.some(({ peerRatio }) => peerRatio !== undefined);
  const rows = [
    ["engine", "threads", "ms (median)", "tokens/s", `speed / ${baseline}`, ...(hasPeer ? [`speed / ${peer}`] : [])],
    ...records.map(({ engine, threads, msMedian, tokensPerSecond, ratio, peerRatio }) => [
      engine,
      String(threads),
      threeDigits(msMedian),
      tokensPerSecond.toFixed(0),
      threeDigits(ratio),
      ...(hasPeer ? [peerRatio === undefined ? "" : threeDigits(peerRatio)] : []),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const align = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return rows.map((row) => row.map(align).join("  ").trimEnd()).join("\n");
}

/** 0.123, 1.23, 12.3, 123, 1234 */
function threeDigits(value: number): string {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return value.toFixed(Math.min(decimals, 3));
}
