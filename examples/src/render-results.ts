import { showNumber } from "./describe-record.ts";
import type { Example } from "./example.ts";
import type { ExampleRecord } from "./run-example.ts";

/** A record as it is kept: of its drawings only the names of their files. */
export type SavedRecord = Omit<ExampleRecord, "drawings"> & { readonly drawings: readonly string[] };

const INTRODUCTION = `# Results

What the examples reach in full, beside what their chapters print. \`npm run results\` runs them again and writes this page;
\`npm run results -- NAME\` runs one. The [README of the examples](../examples/README.md) says where the data comes from. Times are those
of two cores that other work shared, for which some runs waited long: they are upper bounds. [bench](../bench/README.md) measures speed.
`;

/** docs/results.md, from the records; of an example that has none it says so. */
export function renderResults(
  examples: Readonly<Record<string, Example>>,
  records: Readonly<Record<string, SavedRecord>>,
): string {
  const sections = Object.entries(examples).map(([name, example]) => {
    const record = records[name];
    return record === undefined ? renderMissing(name, example) : renderSection(name, example, record);
  });
  return [INTRODUCTION, ...sections].join("\n");
}

function renderMissing(name: string, { file, title, source }: Example): string {
  return [
    `## ${title}`,
    ``,
    `[${name}](../examples/src/${file}), after ${source}.`,
    ``,
    `Not run in full yet: there is no record of it. \`npm run results -- ${name}\` makes one.`,
    ``,
  ].join("\n");
}

function renderSection(name: string, { file, title, source, differences }: Example, record: SavedRecord): string {
  const { data, figures, texts = [], drawings, seconds, backend, numThreads } = record;
  const hasPrinted = figures.some(({ printed }) => printed !== undefined);
  const rows = [
    hasPrinted ? ["", "ours", "printed"] : ["", "ours"],
    ...figures.map(({ name: figure, value, printed = "" }) => [
      figure,
      showNumber(value),
      ...(hasPrinted ? [printed] : []),
    ]),
  ];
  return [
    `## ${title}`,
    ``,
    `[${name}](../examples/src/${file}), after ${source}. ${differences}`.trim(),
    ``,
    `Ran on ${data}, in ${seconds} s on ${backend}${numThreads === undefined ? "" : ` with ${numThreads} threads`}.`,
    ``,
    ...table(rows),
    ``,
    ...texts.flatMap(({ label, text }) => [`${label}:`, ``, "```text", text, "```", ``]),
    ...drawings.flatMap((svg) => [`![${svg.replace(/\.svg$/, "").replaceAll("-", " ")}](results/${svg})`, ``]),
  ].join("\n");
}

/** A table in Markdown, its columns padded as the formatter pads them. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
