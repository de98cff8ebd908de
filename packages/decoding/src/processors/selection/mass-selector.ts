/** What a {@link massSelector} looks for. */
export interface MassCrossing {
  /** [V], non-negative and not all 0; default 1 each. */
  readonly weights?: Float64Array;
  /** Whether a sum of weights above 0 is enough; once true, it stays so for larger sums. */
  readonly isEnough: (sum: number) => boolean;
}

/**
 * A function that goes through values in ascending order, of equal ones by index, adds up their weights, and returns the
 * index at which the sum is enough; the last with a weight when it never is. Nothing is sorted: eleven bits of the values
 * at a time say where the sum crosses, and only the values there are looked at again. It owns scratch memory of size V.
 */
export function massSelector(): (values: Float32Array, crossing: MassCrossing) => number {
  const masses = new Float64Array(2048);
  let candidates = new Int32Array(0);
  return (values, { weights, isEnough }) => {
    if (candidates.length < values.length) candidates = new Int32Array(values.length);
    const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
    let count = 0;
    for (let i = 0; i < values.length; i++) if (weights === undefined || weights[i] !== 0) candidates[count++] = i;
    let sum = 0; // of what lies below the candidates
    for (const shift of [21, 10, 0]) {
      masses.fill(0);
      for (let c = 0; c < count; c++) {
        const i = candidates[c]!;
        masses[digitOf(bits[i]!, shift)]! += weights === undefined ? 1 : weights[i]!;
      }
      let crossing = 0;
      let rest = 0;
      for (let digit = 0; digit < masses.length; digit++) {
        if (masses[digit] === 0) continue;
        sum += rest;
        rest = masses[digit]!;
        crossing = digit;
        if (isEnough(sum + rest)) break;
      }
      let kept = 0;
      for (let c = 0; c < count; c++) {
        const i = candidates[c]!;
        if (digitOf(bits[i]!, shift) === crossing) candidates[kept++] = i;
      }
      count = kept;
    }
    for (let c = 0; c < count - 1; c++) {
      const i = candidates[c]!;
      sum += weights === undefined ? 1 : weights[i]!;
      if (isEnough(sum)) return i;
    }
    return candidates[count - 1]!;
  };
}

/** Eleven of the bits of a float32, from `shift` up, turned so that larger numbers have larger digits. */
function digitOf(bits: number, shift: number): number {
  return ((bits ^ ((bits >> 31) | 0x80000000)) >>> shift) & 2047;
}
