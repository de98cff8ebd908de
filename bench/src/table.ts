import type { BenchmarkRecord } from "./benchmark.ts";

/** Records as lines of aligned columns under a heading; ratios are against `baseline`. */
export function table(records: readonly BenchmarkRecord[], baseline: string): string {
  const rows = [
    ["engine", "threads", "ms (median)", "tokens/s", `speed / ${baseline}`],
    ...records.map(({ engine, threads, msMedian, tokensPerSecond, ratio }) => [
      engine,
      String(threads),
      threeDigits(msMedian),
      tokensPerSecond.toFixed(0),
      threeDigits(ratio),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const align = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  return rows.map((row) => row.map(align).join("  ")).join("\n");
}

/** 0.123, 1.23, 12.3, 123, 1234 */
function threeDigits(value: number): string {
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return value.toFixed(Math.min(decimals, 3));
}
