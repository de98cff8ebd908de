/** What a {@link massSelector} looks for. */
export interface MassCrossing {
  /** [V], non-negative and not all 0; default 1 each. */
  readonly weights?: Float64Array;
  /** Whether a sum of weights is enough; once true, it stays so for larger sums. */
  readonly isEnough: (sum: number) => boolean;
}

/**
 * A function that goes through values in ascending order, of equal ones by index, adds up their weights, and returns the
 * index at which the sum is enough; the last with a weight when it never is. Nothing is sorted: eleven bits of the values
 * at a time say where the sum crosses, and only the values there are looked at again. It owns scratch memory of size V.
 */
export function massSelector(): (values: Float32Array, crossing: MassCrossing) => number {
  const masses = new Float64Array(1 << DIGIT_BITS);
  let candidates = new Int32Array(0);
  return (values, { weights, isEnough }) => {
    if (candidates.length < values.length) candidates = new Int32Array(values.length);
    const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
    let numCandidates = values.length;
    let isAll = true;
    let sum = 0; // of what lies below the candidates
    for (const shift of [21, 10, 0]) {
      masses.fill(0);
      for (let c = 0; c < numCandidates; c++) {
        const i = isAll ? c : candidates[c]!;
        masses[digitOf(bits[i]!, shift)]! += weights === undefined ? 1 : weights[i]!;
      }
      const crossing = crossingDigit(masses, (mass) => isEnough(sum + mass));
      for (let digit = 0; digit < crossing; digit++) sum += masses[digit]!;
      let kept = 0;
      for (let c = 0; c < numCandidates; c++) {
        const i = isAll ? c : candidates[c]!;
        if (digitOf(bits[i]!, shift) === crossing) candidates[kept++] = i;
      }
      numCandidates = kept;
      isAll = false;
    }
    for (let c = 0; c < numCandidates - 1; c++) {
      const i = candidates[c]!;
      sum += weights === undefined ? 1 : weights[i]!;
      if (isEnough(sum)) return i;
    }
    return candidates[numCandidates - 1]!;
  };
}

const DIGIT_BITS = 11;

/** Eleven of the bits of a float32, from `shift` up, turned so that larger numbers have larger digits. */
function digitOf(bits: number, shift: number): number {
  return ((bits ^ ((bits >> 31) | 0x80000000)) >>> shift) & ((1 << DIGIT_BITS) - 1);
}

/** The first digit up to which the masses are enough; the last that has one when they never are. */
function crossingDigit(masses: Float64Array, isEnough: (sum: number) => boolean): number {
  let sum = 0;
  let last = 0;
  for (const [digit, mass] of masses.entries()) {
    if (mass === 0) continue;
    sum += mass;
    last = digit;
    if (isEnough(sum)) break;
  }
  return last;
}
