import { checkPairs } from "./check-pairs.ts";

/** How often each class was taken for which; matrices of batches, files or workers add up. */
export interface ConfusionMatrix<Label extends string | number = string | number> {
  readonly labels: readonly Label[];
  /** `counts[i][j]`: positions whose reference is `labels[i]` and whose prediction is `labels[j]`. */
  readonly counts: readonly (readonly number[])[];
}

/**
 * Counts pairs of reference (row) and prediction (column).
 *
 * @param predictions N labels. Borrowed.
 * @param references N labels, one for each prediction. Borrowed.
 * @param options.labels the classes in their order; default those that occur, sorted.
 * @param options.mask [N]; positions of `false` or 0, padding for instance, do not count. Default: all do. Borrowed.
 * @throws TypeError for what is no array, RangeError for unequal lengths, or a label that is not among `labels`.
 */
export function confusionMatrix<Label extends string | number>(
  predictions: ArrayLike<Label>,
  references: ArrayLike<Label>,
  { labels, mask }: { readonly labels?: readonly Label[]; readonly mask?: ArrayLike<number | boolean> } = {},
): ConfusionMatrix<Label> {
  checkPairs("confusionMatrix", { predictions, references });
  if (mask) checkPairs("confusionMatrix", { predictions, mask });
  const isCounted = (_: unknown, i: number): boolean => !mask || Boolean(mask[i]);
  const columns = Array.from(predictions).filter(isCounted);
  const rows = Array.from(references).filter(isCounted);

  const ordered = labels ?? sortedLabels("confusionMatrix", new Set([...rows, ...columns]));
  const places = placesOf("confusionMatrix", ordered);
  const counts = zeroCounts(ordered.length);
  for (let i = 0; i < rows.length; i++) {
    const row = places.get(rows[i]!);
    const column = places.get(columns[i]!);
    if (row === undefined) throw notAmongLabels("references", rows[i]!);
    if (column === undefined) throw notAmongLabels("predictions", columns[i]!);
    counts[row]![column]!++;
  }
  return { labels: [...ordered], counts };
}

/**
 * The counts of several matrices taken together. Where their labels differ, the sum has the labels of all, sorted.
 *
 * @returns of no matrices, one without labels.
 */
export function sumConfusionMatrices<Label extends string | number>(
  matrices: Iterable<ConfusionMatrix<Label>>,
): ConfusionMatrix<Label> {
  const parts = [...matrices];
  const [{ labels: first } = { labels: [] }] = parts;
  const isShared = parts.every(
    ({ labels }) => labels.length === first.length && labels.every((label, i) => label === first[i]),
  );
  const labels = isShared
    ? [...first]
    : sortedLabels("sumConfusionMatrices", new Set(parts.flatMap((part) => part.labels)));
  const sum = zeroCounts(labels.length);
  const places = placesOf("sumConfusionMatrices", labels);
  for (const part of parts) {
    const to = part.labels.map((label) => places.get(label)!);
    part.counts.forEach((row, i) => {
      row.forEach((count, j) => (sum[to[i]!]![to[j]!]! += count));
    });
  }
  return { labels, counts: sum };
}

function sortedLabels<Label extends string | number>(caller: string, labels: ReadonlySet<Label>): Label[] {
  const list = [...labels];
  const other = list.find((label) => typeof label !== typeof list[0]);
  if (other !== undefined) {
    throw new TypeError(`${caller}: labels must be all strings or all numbers, got ${list[0]} and ${other}`);
  }
  return list.sort((left, right) => (left < right ? -1 : 1));
}

function placesOf<Label>(caller: string, labels: readonly Label[]): ReadonlyMap<Label, number> {
  const places = new Map(labels.map((label, i) => [label, i]));
  if (places.size < labels.length) {
    const twice = labels.find((label, i) => labels.indexOf(label) < i);
    throw new RangeError(`${caller}: labels must be distinct, got ${String(twice)} twice`);
  }
  return places;
}

function zeroCounts(size: number): number[][] {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
}

function notAmongLabels(name: string, label: string | number): RangeError {
  return new RangeError(`confusionMatrix: ${name} must hold labels only, got ${label}`);
}
