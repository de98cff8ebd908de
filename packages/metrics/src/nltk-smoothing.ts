/**
 * The smoothing methods of NLTK, after Chen and Cherry (2014): 0 none (a precision of zero becomes the smallest positive
 * number), 1 `epsilon` matches (default 0.1) where there are none, 2 one more match and total above order 1, 3 halvings as
 * in mteval, 4 halvings times ln(length) / `k` (default 5), 5 the mean of three neighbouring orders, 6 a prior from the two
 * orders below with weight `alpha` (default 5), 7 method 4 and then 5.
 */
export type NltkSmoothing =
  | { readonly method: 0 | 2 | 3 | 5 }
  | { readonly method: 1; readonly epsilon?: number }
  | { readonly method: 4 | 7; readonly k?: number }
  | { readonly method: 6; readonly alpha?: number };

/** What the methods look at: sums over a corpus, and its last segment, which is all that NLTK has left of the others. */
export interface NltkCounts {
  readonly matches: readonly number[];
  /** Each at least 1 for each segment. */
  readonly totals: readonly number[];
  readonly hypothesisLength: number;
  readonly lastHypothesisLength: number;
  /** Of five tokens, in the last segment. */
  readonly lastFifthPrecision: number;
}

/** The smallest positive number of full precision, `sys.float_info.min`. */
const SMALLEST = 2 ** -1022;

/** The precisions p_n of each order after smoothing. */
export function smoothNltk(caller: string, counts: NltkCounts, smoothing: NltkSmoothing): number[] {
  const { matches, totals, hypothesisLength } = counts;
  const precisions = matches.map((count, n) => count / totals[n]!);
  const { method } = smoothing;
  switch (method) {
    case 0:
      return precisions.map((precision) => precision || SMALLEST);
    case 1: {
      const epsilon = checked(caller, "epsilon", smoothing.epsilon ?? 0.1);
      return precisions.map((precision, n) => precision || epsilon / totals[n]!);
    }
    case 2:
      return precisions.map((precision, n) => (n === 0 ? precision : (matches[n]! + 1) / (totals[n]! + 1)));
    case 3:
      return halve(precisions, totals, 1);
    case 4:
      return halve(precisions, totals, logarithmicScale(caller, hypothesisLength, smoothing.k));
    case 5:
      return averageNeighbours(precisions, counts.lastFifthPrecision);
    case 6:
      return interpolate(caller, counts, checked(caller, "alpha", smoothing.alpha ?? 5));
    case 7: {
      const scale = logarithmicScale(caller, hypothesisLength, smoothing.k);
      return averageNeighbours(halve(precisions, totals, scale), counts.lastFifthPrecision);
    }
    default:
      throw new RangeError(`${caller}: smoothing.method must be an integer from 0 to 7, got ${String(method)}`);
  }
}

/** Where nothing matches, scale / 2 matches at the first such order, scale / 4 at the next. */
function halve(precisions: readonly number[], totals: readonly number[], scale: number): number[] {
  let matches = scale;
  return precisions.map((precision, n) => precision || (matches /= 2) / totals[n]!);
}

function logarithmicScale(caller: string, length: number, k = 5): number {
  return Math.log(length) / checked(caller, "k", k);
}

/** The first order has its own precision plus 1 for a neighbour below; each further one what the order below became. */
function averageNeighbours(precisions: readonly number[], fifth: number): number[] {
  let below = precisions[0]! + 1;
  return precisions.map((precision, n) => (below = (below + precision + (precisions[n + 1] ?? fifth)) / 3));
}

function interpolate(caller: string, { matches, totals, lastHypothesisLength }: NltkCounts, alpha: number): number[] {
  if (!(matches[2]! > 0)) {
    throw new RangeError(
      `${caller}: smoothing.method 6 must have matches of three tokens, got ${matches[2] ?? "no such order"}`,
    );
  }
  const precisions = [matches[0]! / totals[0]!, matches[1]! / totals[1]!];
  for (let n = 2; n < matches.length; n++) {
    const prior = precisions[n - 2] === 0 ? 0 : precisions[n - 1]! ** 2 / precisions[n - 2]!;
    const total = Math.max(0, lastHypothesisLength - n);
    precisions.push((matches[n]! + alpha * prior) / (total + alpha));
  }
  return precisions;
}

function checked(caller: string, name: string, value: number): number {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${caller}: smoothing.${name} must be positive and finite, got ${value}`);
  }
  return value;
}
