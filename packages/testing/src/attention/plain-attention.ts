import type { AttentionSizes } from "./attention-case.ts";

type Numbers = Readonly<Record<string, Float64Array>>;

/** `weightedSum` in float64, from the formulas and nothing of TensorFlow.js. */
export function plainWeightedSum(
  sizes: AttentionSizes,
  operands: Numbers,
  mask: ArrayLike<number> | undefined,
): number {
  const { batchSize, numQueries, numKeys, width, valueWidth, scale = 1, lengths } = sizes;
  const { queries, keys, values, vector } = operands as { readonly [name: string]: Float64Array } & Numbers;
  let sum = 0;
  for (let b = 0; b < batchSize; b++) {
    for (let t = 0; t < numQueries; t++) {
      const row = b * numQueries + t;
      const scores = Array.from({ length: lengths?.[b] ?? numKeys }, (_, s) => {
        let score = 0;
        for (let a = 0; a < width; a++) {
          const [q, k] = [queries![row * width + a]!, keys![(b * numKeys + s) * width + a]!];
          score += vector ? vector[a]! * Math.tanh(q + k) : scale * q * k;
        }
        return score;
      });
      const total = scores.reduce((all, score) => all + Math.exp(score), 0);
      for (const [s, score] of scores.entries()) {
        const weight = Math.exp(score) / total;
        const at = row * numKeys + s;
        sum += 0.7 * weight * Math.cos(at + 1);
        for (let n = 0; n < valueWidth; n++) {
          const value = values![(b * numKeys + s) * valueWidth + n]!;
          sum += weight * (mask?.[at] ?? 1) * value * Math.cos(row * valueWidth + n + 1);
        }
      }
    }
  }
  return sum;
}

/** The central differences of `plainWeightedSum` by every number of every operand. */
export function plainGradients(
  sizes: AttentionSizes,
  operands: Numbers,
  mask: ArrayLike<number> | undefined,
): Record<string, Float64Array> {
  const step = 1e-5;
  const moved = (name: string, i: number, by: number) =>
    plainWeightedSum(
      sizes,
      { ...operands, [name]: operands[name]!.map((value, j) => (i === j ? value + by : value)) },
      mask,
    );
  return Object.fromEntries(
    Object.entries(operands).map(([name, values]) => [
      `d ${name}`,
      values.map((_, i) => (moved(name, i, step) - moved(name, i, -step)) / (2 * step)),
    ]),
  );
}
