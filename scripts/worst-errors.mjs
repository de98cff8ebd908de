/**
 * @typedef {object} FoundError
 * @property {string} file the test file, from the root
 * @property {string} test the full name of the test
 * @property {string} source the reference implementation
 * @property {string} label what was compared
 * @property {number} tolerance
 * @property {number} error relative to the largest expected value
 */

/**
 * The worst error of each test file, reference and tolerance, as the lines of a table.
 *
 * @param {readonly FoundError[]} errors
 * @returns {string[]}
 */
export function worstErrors(errors) {
  /** @type {Map<string, { worst: FoundError, count: number }>} */
  const groups = new Map();
  for (const found of errors) {
    const key = [found.file, found.source, found.tolerance].join("\n");
    const group = groups.get(key) ?? { worst: found, count: 0 };
    groups.set(key, { worst: found.error > group.worst.error ? found : group.worst, count: group.count + 1 });
  }
  const rows = [...groups.values()]
    .map(({ worst, count }) => {
      const { file, source, tolerance, error, label, test } = worst;
      return [
        file,
        source,
        tolerance.toExponential(0),
        error.toExponential(1),
        String(count),
        `${label}, ${test.split(": ").at(-1)}`,
      ];
    })
    .sort((a, b) => a.join("\n").localeCompare(b.join("\n")));
  const table = [["tests", "reference", "limit", "worst", "of", "where"], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
