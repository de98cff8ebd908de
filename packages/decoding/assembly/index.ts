// What choosing a token asks of one row of scores, over WebAssembly SIMD. src/row-kernels/plain-row.ts says the same in
// JavaScript, to the last bit: every operation here is one of IEEE doubles, in the same order, and none is fused.

/** Parts of an octave, each with a root of two. */
const PARTS = 2048;
/** The bits of 2^(i / PARTS), less those that `shl(i, 41)` adds. */
const ROOTS = memory.data(PARTS * 8, 64);
/** Vectors of equal lanes: V8 builds a literal one anew at each use. In the order of `constant`. */
const CONSTANTS = memory.data<f64>([
  -1023 * PARTS, -1023 * PARTS, // where the bits of a power's exponent are 0, and so is the power
  6755399441055744, 6755399441055744, // 1.5 * 2^52: a sum with it is whole, and its lowest bits are those of a whole number
  1, 1, // from here on a polynomial for 2^(f / PARTS), off by 2.1e-13 at most
  0.0003384507729693224, 0.0003384507729693224,
  5.7274462554231785e-8, 5.7274462554231785e-8,
], 16);

store<f64>(ROOTS, 1);
for (let half = PARTS >> 1, root = sqrt<f64>(2); half > 0; half >>= 1, root = sqrt(root)) {
  for (let i = 0; i < PARTS; i += 2 * half) store<f64>(ROOTS + ((i + half) << 3), load<f64>(ROOTS + (i << 3)) * root);
}
for (let i = 0; i < PARTS; i++) store<u64>(ROOTS + (i << 3), load<u64>(ROOTS + (i << 3)) - (<u64>i << 41));

// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load(CONSTANTS + (index << 4));
}

// @ts-ignore: decorator
@inline
function rootAt(part: i32): usize {
  return ROOTS + ((part & (PARTS - 1)) << 3);
}

/**
 * 2^(t / PARTS) for two t of at most 0: that of the nearest whole t, by the table and the exponent's bits, times a polynomial in the
 * distance f to it, from -0.5 to 0.5.
 */
// @ts-ignore: decorator
@inline
function powerOfTwo(t: v128): v128 {
  const shifted = f64x2.add(t, constant(1));
  const f = f64x2.sub(t, f64x2.sub(shifted, constant(1)));
  const p = f64x2.add(constant(2), f64x2.mul(f64x2.add(constant(3), f64x2.mul(constant(4), f)), f));
  const root = v128.load64_zero(rootAt(i32x4.extract_lane(shifted, 0)));
  const roots = v128.load_lane<u64>(rootAt(i32x4.extract_lane(shifted, 2)), root, 1);
  return f64x2.mul(p, i64x2.add(roots, i64x2.shl(shifted, 41)));
}

/** The exponents of two scores: (score - max) * parts, bounded. */
// @ts-ignore: decorator
@inline
function exponent(scores: usize, max: v128, parts: v128): v128 {
  const t = f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(v128.load64_zero(scores)), max), parts);
  return f64x2.pmax(t, constant(0));
}

/** Where a row may begin: nothing of the module's own lies from here on. */
export const firstFree: usize = (__heap_base + 63) & ~63;

// @ts-ignore: decorator
@inline
function total(sum: v128, otherSum: v128): f64 {
  return (
    f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1) + (f64x2.extract_lane(otherSum, 0) + f64x2.extract_lane(otherSum, 1))
  );
}

/** The sum of 2^((score - max) * factor); after 1024 scores, or a multiple, it may stop for being `limit` or more. */
export function sumOfPowers(scores: usize, end: usize, max: f64, factor: f64, limit: f64): f64 {
  const maxes = f64x2.splat(max);
  const parts = f64x2.splat(factor * PARTS);
  let sum = f64x2.splat(0);
  let otherSum = f64x2.splat(0);
  while (scores < end) {
    for (const stop = min(scores + 4096, end); scores < stop; scores += 64) {
      sum = f64x2.add(sum, powerOfTwo(exponent(scores, maxes, parts)));
      otherSum = f64x2.add(otherSum, powerOfTwo(exponent(scores + 8, maxes, parts)));
      sum = f64x2.add(sum, powerOfTwo(exponent(scores + 16, maxes, parts)));
      otherSum = f64x2.add(otherSum, powerOfTwo(exponent(scores + 24, maxes, parts)));
      sum = f64x2.add(sum, powerOfTwo(exponent(scores + 32, maxes, parts)));
      otherSum = f64x2.add(otherSum, powerOfTwo(exponent(scores + 40, maxes, parts)));
      sum = f64x2.add(sum, powerOfTwo(exponent(scores + 48, maxes, parts)));
      otherSum = f64x2.add(otherSum, powerOfTwo(exponent(scores + 56, maxes, parts)));
    }
    if (total(sum, otherSum) >= limit) break;
  }
  return total(sum, otherSum);
}

/** The same over all scores, and writes the powers. Eight that are all 0 cost next to nothing: after a warper most are. */
export function powers(scores: usize, end: usize, max: f64, factor: f64, out: usize): f64 {
  const maxes = f64x2.splat(max);
  const parts = f64x2.splat(factor * PARTS);
  const zero = f64x2.splat(0);
  let sum = zero;
  let otherSum = zero;
  for (; scores < end; scores += 32, out += 64) {
    const a = exponent(scores, maxes, parts);
    const b = exponent(scores + 8, maxes, parts);
    const c = exponent(scores + 16, maxes, parts);
    const d = exponent(scores + 24, maxes, parts);
    if (v128.any_true(f64x2.gt(f64x2.pmax(f64x2.pmax(a, b), f64x2.pmax(c, d)), constant(0)))) {
      const ofA = powerOfTwo(a);
      v128.store(out, ofA);
      const ofB = powerOfTwo(b);
      v128.store(out + 16, ofB);
      const ofC = powerOfTwo(c);
      v128.store(out + 32, ofC);
      const ofD = powerOfTwo(d);
      v128.store(out + 48, ofD);
      sum = f64x2.add(f64x2.add(sum, ofA), ofC);
      otherSum = f64x2.add(f64x2.add(otherSum, ofB), ofD);
    } else {
      v128.store(out, zero);
      v128.store(out + 16, zero);
      v128.store(out + 32, zero);
      v128.store(out + 48, zero);
    }
  }
  return total(sum, otherSum);
}

/**
 * The address of the power at which the running sum exceeds a share of the whole; never that of a 0. Goes by eights, and when rounding
 * leaves a little of the share after the last ones, through these again.
 */
export function pick(powers: usize, end: usize, share: f64): usize {
  let eight = powers;
  for (let at = powers; at < end; at += 64) {
    const sum = total(
      f64x2.add(v128.load(at), v128.load(at, 32)),
      f64x2.add(v128.load(at, 16), v128.load(at, 48)),
    );
    if (sum == 0) continue;
    eight = at;
    if (share < sum) break;
    share -= sum;
  }
  let chosen = eight;
  for (let at = eight; at < eight + 64; at += 8) {
    const power = load<f64>(at);
    if (power == 0) continue;
    chosen = at;
    share -= power;
    if (share < 0) break;
  }
  return chosen;
}

/** Writes `value` over the scores below `cutoff`. */
export function replaceBelow(scores: usize, end: usize, cutoff: f32, value: f32): void {
  const cutoffs = f32x4.splat(cutoff);
  const values = f32x4.splat(value);
  for (; scores < end; scores += 16) {
    const x = v128.load(scores);
    v128.store(scores, v128.bitselect(values, x, f32x4.lt(x, cutoffs)));
  }
}

/**
 * Writes the addresses of the scores from `from` on that are above a bar one after the other, as long as there is room for a block of
 * them more, and returns where to go on. `out` begins with their number. `maxima` are those that `largest` wrote.
 */
export function above(scores: usize, from: usize, end: usize, maxima: usize, bar: f32, out: usize, outEnd: usize): usize {
  let free = out + 4;
  for (; ((from - scores) & 255) != 0 && from < end; from += 4) {
    if (!(load<f32>(from) > bar)) continue;
    store<u32>(free, <u32>from);
    free += 4;
  }
  const bars = f32x4.splat(bar);
  for (const full = outEnd - 256; from < end && free <= full; from += 256) {
    if (!v128.any_true(f32x4.gt(v128.load(maxima + ((from - scores) >> 4)), bars))) continue;
    for (let at = from; at < from + 256; at += 64) {
      let found =
        i32x4.bitmask(f32x4.gt(v128.load(at), bars)) |
        (i32x4.bitmask(f32x4.gt(v128.load(at + 16), bars)) << 4) |
        (i32x4.bitmask(f32x4.gt(v128.load(at + 32), bars)) << 8) |
        (i32x4.bitmask(f32x4.gt(v128.load(at + 48), bars)) << 12);
      for (; found != 0; found &= found - 1) {
        store<u32>(free, <u32>at + (<u32>ctz(found) << 2));
        free += 4;
      }
    }
  }
  store<u32>(out, <u32>((free - out) >> 2) - 1);
  return from;
}

/**
 * The address of the first of the largest scores; of the first NaN where there is one; `end` where all are -Infinity. Writes to
 * `maxima` four for each block of 64 scores, of which NaN is none.
 */
export function largest(scores: usize, end: usize, maxima: usize): usize {
  const lowest = f32x4.splat(-Infinity);
  let top = lowest;
  let sum = f32x4.splat(0); // NaN where there is one, and perhaps without one, where infinities meet
  for (let at = scores, to = maxima; at < end; at += 256, to += 16) {
    let first = lowest;
    let second = lowest;
    let third = lowest;
    let fourth = lowest;
    for (let i: usize = 0; i < 256; i += 64) {
      const x = v128.load(at + i);
      const y = v128.load(at + i + 16);
      const z = v128.load(at + i + 32);
      const w = v128.load(at + i + 48);
      first = f32x4.pmax(first, x); // which a NaN leaves as it is
      second = f32x4.pmax(second, y);
      third = f32x4.pmax(third, z);
      fourth = f32x4.pmax(fourth, w);
      sum = f32x4.add(sum, f32x4.add(f32x4.add(x, y), f32x4.add(z, w)));
    }
    const ofBlock = f32x4.pmax(f32x4.pmax(first, second), f32x4.pmax(third, fourth));
    v128.store(to, ofBlock);
    top = f32x4.pmax(top, ofBlock);
  }
  if (v128.any_true(f32x4.ne(sum, sum))) {
    for (let at = scores; at < end; at += 4) if (load<f32>(at) != load<f32>(at)) return at;
  }
  const max = largestLane(top);
  if (max == -Infinity) return end;
  const maxes = f32x4.splat(max);
  let block = maxima;
  while (!v128.any_true(f32x4.eq(v128.load(block), maxes))) block += 16;
  let at = scores + ((block - maxima) << 4);
  while (!v128.any_true(f32x4.eq(v128.load(at), maxes))) at += 16;
  return at + (<usize>ctz(i32x4.bitmask(f32x4.eq(v128.load(at), maxes))) << 2);
}

function largestLane(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}
