import type { ExampleRecord } from "./run-example.ts";

/** A record as lines for a terminal. */
export function describeRecord({ data, figures, texts = [], seconds, backend, numThreads }: ExampleRecord): string {
  const width = Math.max(0, ...figures.map(({ name }) => name.length));
  return [
    `on ${data}`,
    ...figures.map(
      ({ name, value, printed }) =>
        `  ${name.padEnd(width)}  ${showNumber(value).padStart(10)}${printed === undefined ? "" : `   printed: ${printed}`}`,
    ),
    ...texts.map(({ label, text }) => `  ${label}: ${text}`),
    `${seconds} s on ${backend}${numThreads === undefined ? "" : `, ${numThreads} threads`}`,
  ].join("\n");
}

/** Whole numbers as they are, others to four significant digits. */
export function showNumber(value: number): string {
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : String(Number(value.toPrecision(4)));
}
