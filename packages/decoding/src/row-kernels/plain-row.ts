import type { LoadedRow } from "./loaded-row.ts";

/** What assembly/index.ts does, in JavaScript: the same operations in the same order. Borrows the scores. */
export const plainRow: (scores: ArrayLike<number>) => LoadedRow = /* @__PURE__ */ inJavaScript();

/** Tables and literals in a closure, where an engine knows that they never change. */
function inJavaScript(): (scores: ArrayLike<number>) => LoadedRow {
  const binades = Float64Array.from({ length: 1024 }, (_, i) => (i === 0 ? 0 : 2 ** (i - 1023)));

  const powerOfTwo = (t: number): number => {
    const bounded = t < -1023 ? -1023 : t;
    const shifted = bounded + 6755399441056767;
    const f = bounded - (shifted - 6755399441056767);
    const f2 = f * f;
    const low = 1 + 0.17328679514152506 * f + (0.015014156684522004 + 0.0008672516476376594 * f) * f2;
    const high = 3.7570821418833154e-5 + 1.3025107211248362e-6 * f + 3.759905599466465e-8 * f2;
    const root = low + high * (f2 * f2);
    const square = root * root;
    return square * square * binades[shifted - 6755399441055744]!;
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
    firstAbove(bar, start) {
      let i = start;
      while (i < scores.length && !(scores[i]! > bar)) i++;
      return i;
    },
    sumOfPowers({ max, factor }, left, limit = Infinity) {
      const { length } = scores;
      const power = (i: number) => (i < length && i !== left ? powerOfTwo((scores[i]! - max) * factor) : 0);
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
      for (let i = 0; i < scores.length; i++) powers[i] = powerOfTwo((scores[i]! - max) * factor);
      const sums = [0, 0, 0, 0];
      for (let i = 0; i < scores.length; i++) sums[i & 3]! += powers[i]!;
      return sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
    },
    get powers() {
      return powers;
    },
  });
}
