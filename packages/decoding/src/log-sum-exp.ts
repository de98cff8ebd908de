/**
 * `log(sum(exp(x - max)))` of one row of logits: what to take from `x - max` to make it a log-probability. The largest
 * term, which is 1, stays out of the sum, so that a probability close to 1 keeps its distance to it.
 *
 * Every search waits for this sum, hence exponentials of its own, a quarter of the time of `Math.exp`: a power of two, from
 * tables of octaves and of 2048 steps of an octave, times a parabola in what is left; to 1e-12 of a term.
 *
 * @param largest the index of the largest logit.
 */
export const logSumExp = /* @__PURE__ */ tabulated();

/** Table and literals in a closure, where an engine knows that they never change. */
function tabulated(): (logits: ArrayLike<number>, largest: number) => number {
  const powers = Float64Array.from({ length: 3072 }, (_, i) => (i < 2048 ? 2 ** (-i / 2048) : 2 ** (2048 - i)));
  // Two terms at a time, because neither waits for the other. 2068247 steps are 700 nats.
  const sumBetween = (logits: ArrayLike<number>, max: number, start: number, end: number): number => {
    let sum = 0;
    let otherSum = 0;
    let i = start;
    for (; i + 1 < end; i += 2) {
      const steps = (max - logits[i]!) * 2954.639443740597; // 2048 / ln 2
      const otherSteps = (max - logits[i + 1]!) * 2954.639443740597;
      if (steps < 2068247 && otherSteps < 2068247) {
        const rounded = steps + 6755399441055744 - 6755399441055744; // 1.5 * 2^52 leaves no room for a fraction
        const otherRounded = otherSteps + 6755399441055744 - 6755399441055744;
        const whole = rounded | 0;
        const otherWhole = otherRounded | 0;
        const rest = rounded - steps; // from -0.5 to 0.5; times ln 2 / 2048, and half the square of that
        const otherRest = otherRounded - otherSteps;
        sum +=
          powers[2048 + (whole >> 11)]! *
          powers[whole & 2047]! *
          (1 + rest * (3.384507717577858e-4 + rest * 5.727446245172142e-8));
        otherSum +=
          powers[2048 + (otherWhole >> 11)]! *
          powers[otherWhole & 2047]! *
          (1 + otherRest * (3.384507717577858e-4 + otherRest * 5.727446245172142e-8));
      } else {
        sum += Math.exp(logits[i]! - max);
        otherSum += Math.exp(logits[i + 1]! - max);
      }
    }
    if (i < end) sum += Math.exp(logits[i]! - max);
    return sum + otherSum;
  };
  return (logits, largest) => {
    const max = logits[largest]!;
    return Math.log1p(sumBetween(logits, max, 0, largest) + sumBetween(logits, max, largest + 1, logits.length));
  };
}
