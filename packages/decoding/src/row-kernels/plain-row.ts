import type { LoadedRow } from "./loaded-row.ts";

/** What assembly/index.ts does, in JavaScript: the same operations in the same order. Borrows the scores. */
export const plainRow: (scores: ArrayLike<number>) => LoadedRow = /* @__PURE__ */ inJavaScript();

/** Tables and literals in a closure, where an engine knows that they never change. */
function inJavaScript(): (scores: ArrayLike<number>) => LoadedRow {
  const whole = 6755399441055744; // 1.5 * 2^52: a sum with it is whole
  const numParts = 2048; // of an octave, each with a root of two
  const roots = new Float64Array(numParts).fill(1);
  for (let half = numParts / 2, root = Math.SQRT2; half >= 1; half /= 2, root = Math.sqrt(root)) {
    for (let i = 0; i < numParts; i += 2 * half) roots[i + half] = roots[i]! * root;
  }
  const binades = Float64Array.from({ length: 1024 }, (_, i) => 2 ** (i - 1023));

  const powerOfTwo = (parts: number): number => {
    const t = parts < -1023 * numParts ? -1023 * numParts : parts;
    const part = t + whole - whole;
    const f = t - part;
    const root = roots[part & (numParts - 1)]!;
    const binade = (part >> 11) + 1023;
    const p = 1 + f * (0.0003384507729693224 + f * 5.7274462554231785e-8);
    return p * (binade > 0 ? root * binades[binade]! : (root - 1) * 2 ** -1022); // the latter is what its bits say
  };

  let powers = new Float64Array(0);
  return (scores) => ({
    largest() {
      let largest = -1;
      let max = -Infinity;
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i]!;
        if (score <= max) continue;
        if (Number.isNaN(score)) return i;
        max = score;
        largest = i;
      }
      return largest;
    },
    visitAbove(bar, visit, start = 0) {
      let current = bar();
      for (let i = start; i < scores.length; i++) {
        if (!(scores[i]! > current)) continue;
        visit(i);
        current = bar();
      }
    },
    sumOfPowers({ max, factor }, left, limit = Infinity) {
      const { length } = scores;
      const parts = factor * numParts;
      const power = (i: number) => (i < length && i !== left ? powerOfTwo((scores[i]! - max) * parts) : 0);
      let a = 0; // to d: the lanes of two vectors
      let b = 0;
      let c = 0;
      let d = 0;
      for (let i = 0; i < length && !(i % 1024 === 0 && a + b + (c + d) >= limit); i += 4) {
        a += power(i);
        b += power(i + 1);
        c += power(i + 2);
        d += power(i + 3);
      }
      return a + b + (c + d);
    },
    writePowers({ max, factor }) {
      if (powers.length !== scores.length) powers = new Float64Array(scores.length);
      const parts = factor * numParts;
      for (let i = 0; i < scores.length; i++) powers[i] = powerOfTwo((scores[i]! - max) * parts);
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < scores.length; i++) sums[i & 3]! += powers[i]!;
      return sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
    },
    get powers() {
      return powers;
    },
    pick(share) {
      const power = (i: number) => powers[i] ?? 0;
      let left = share;
      let eight = 0;
      for (let i = 0; i < powers.length; i += 8) {
        const [a, b, c, d] = [
          power(i) + power(i + 4),
          power(i + 1) + power(i + 5),
          power(i + 2) + power(i + 6),
          power(i + 3) + power(i + 7),
        ];
        const sum = a + b + (c + d);
        if (sum === 0) continue;
        eight = i;
        if (left < sum) break;
        left -= sum;
      }
      let chosen = eight;
      for (let i = eight; i < eight + 8; i++) {
        if (power(i) === 0) continue;
        chosen = i;
        left -= power(i);
        if (left < 0) break;
      }
      return chosen;
    },
    replaceBelow(cutoff, value, out) {
      for (let i = 0; i < out.length; i++) if (out[i]! < cutoff) out[i] = value;
    },
  });
}
