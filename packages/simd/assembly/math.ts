import { CONSTANTS } from "./layout";
import { madd, nmadd } from "./madd";

/**
 * Elementary functions of four floats. NaN comes through: of the pseudo-minimum and -maximum, which are fast, the operand
 * order decides that.
 *
 * Sources of the coefficients: exp and log, Cephes (expf, logf); tanh, the rational function of Eigen.
 */
const ONE: usize = 0;
const LOG2E: usize = 16;
const ROUNDER: usize = 32; // 1.5 · 2²³: adding it rounds to an integer, which then stands in the low bits
const LN2_HIGH: usize = 48;
const LN2_LOW: usize = 64;
const EXP_0: usize = 80; // to EXP_5
const EXP_MAX: usize = 176;
const EXP_MIN: usize = 192;
const BIAS: usize = 208; // of the exponent, an integer
const TANH_MAX: usize = 224;
const TANH_MIN: usize = 240;
const TANH_P: usize = 256; // seven
const TANH_Q: usize = 368; // four
const TINY: usize = 432;
const HALF: usize = 448;
const LOG_0: usize = 464; // nine
const SQRT_HALF: usize = 608;
const SMALLEST_NORMAL: usize = 624;
const EXP_OVERFLOW: usize = 640;
const INFINITY: usize = 656;
const LARGEST_EXPONENT: usize = 672;

// @ts-ignore: decorator
@inline
function constant(offset: usize): v128 {
  return v128.load(CONSTANTS + offset);
}

function define(offset: usize, value: f32): void {
  v128.store(CONSTANTS + offset, f32x4.splat(value));
}

/** Writes the constants; once, by the thread that makes the memory. */
export function defineConstants(): void {
  define(ONE, 1);
  define(LOG2E, 1.44269504088896341);
  define(ROUNDER, 12582912);
  define(LN2_HIGH, 0.693359375);
  define(LN2_LOW, -2.12194440e-4);
  define(EXP_0, 1.9875691500e-4);
  define(EXP_0 + 16, 1.3981999507e-3);
  define(EXP_0 + 32, 8.3334519073e-3);
  define(EXP_0 + 48, 4.1665795894e-2);
  define(EXP_0 + 64, 1.6666665459e-1);
  define(EXP_0 + 80, 5.0000001201e-1);
  define(EXP_MAX, 88.7228391);
  define(EXP_MIN, -87.3365448);
  v128.store(CONSTANTS + BIAS, i32x4.splat(127));
  const tanhMax: f32 = ASC_FEATURE_RELAXED_SIMD ? 7.99881172180175781 : 7.90531110763549805; // where it becomes 1
  define(TANH_MAX, tanhMax);
  define(TANH_MIN, -tanhMax);
  define(TANH_P, 4.89352455891786e-3);
  define(TANH_P + 16, 6.37261928875436e-4);
  define(TANH_P + 32, 1.48572235717979e-5);
  define(TANH_P + 48, 5.12229709037114e-8);
  define(TANH_P + 64, -8.60467152213735e-11);
  define(TANH_P + 80, 2.00018790482477e-13);
  define(TANH_P + 96, -2.76076847742355e-16);
  define(TANH_Q, 4.89352518554385e-3);
  define(TANH_Q + 16, 2.26843463243900e-3);
  define(TANH_Q + 32, 1.18534705686654e-4);
  define(TANH_Q + 48, 1.19825839466702e-6);
  define(TINY, 1e-30);
  define(HALF, 0.5);
  define(LOG_0, 7.0376836292e-2);
  define(LOG_0 + 16, -1.1514610310e-1);
  define(LOG_0 + 32, 1.1676998740e-1);
  define(LOG_0 + 48, -1.2420140846e-1);
  define(LOG_0 + 64, 1.4249322787e-1);
  define(LOG_0 + 80, -1.6668057665e-1);
  define(LOG_0 + 96, 2.0000714765e-1);
  define(LOG_0 + 112, -2.4999993993e-1);
  define(LOG_0 + 128, 3.3333331174e-1);
  define(SQRT_HALF, 0.707106781186547524);
  define(SMALLEST_NORMAL, 1.17549435e-38);
  define(EXP_OVERFLOW, 88.7228394);
  define(INFINITY, f32.MAX_VALUE * 2);
  define(LARGEST_EXPONENT, 127);
}

// @ts-ignore: decorator
@inline
export function one(): v128 {
  return constant(ONE);
}

/** eˣ where it is a normal float; the nearest normal one beyond. */
// @ts-ignore: decorator
@inline
function boundedExp(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, constant(EXP_MAX)), constant(EXP_MIN));
  const rounded = f32x4.pmin(f32x4.sub(madd(bounded, constant(LOG2E), constant(ROUNDER)), constant(ROUNDER)), constant(LARGEST_EXPONENT));
  const power = i32x4.shl(i32x4.add(f32x4.add(rounded, constant(ROUNDER)), constant(BIAS)), 23); // 2ⁿ
  return f32x4.mul(expOfRemainder(bounded, rounded), power);
}

/** eˣ of what is at most 0; 0 below the normal floats. */
// @ts-ignore: decorator
@inline
export function expOfNegative(x: v128): v128 {
  const bounded = f32x4.pmax(x, constant(EXP_MIN));
  const shifted = madd(bounded, constant(LOG2E), constant(ROUNDER));
  const rounded = f32x4.sub(shifted, constant(ROUNDER));
  const power = i32x4.shl(i32x4.add(shifted, constant(BIAS)), 23); // 2ⁿ
  return v128.andnot(f32x4.mul(expOfRemainder(bounded, rounded), power), f32x4.lt(x, constant(EXP_MIN)));
}

/** eˣ⁻ⁿˡⁿ² where x − n·ln 2 is about zero. */
// @ts-ignore: decorator
@inline
function expOfRemainder(x: v128, n: v128): v128 {
  const r = nmadd(n, constant(LN2_LOW), nmadd(n, constant(LN2_HIGH), x));
  let p = madd(constant(EXP_0), r, constant(EXP_0 + 16));
  p = madd(p, r, constant(EXP_0 + 32));
  p = madd(p, r, constant(EXP_0 + 48));
  p = madd(p, r, constant(EXP_0 + 64));
  p = madd(p, r, constant(EXP_0 + 80));
  return f32x4.add(madd(p, f32x4.mul(r, r), r), constant(ONE));
}

/** eˣ; 0 below the normal floats. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const value = v128.andnot(boundedExp(x), f32x4.lt(x, constant(EXP_MIN)));
  return v128.bitselect(constant(INFINITY), value, f32x4.gt(x, constant(EXP_OVERFLOW)));
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const value = f32x4.div(constant(ONE), f32x4.add(constant(ONE), boundedExp(f32x4.neg(x))));
  return v128.andnot(value, f32x4.lt(x, constant(EXP_MIN))); // which would not be normal
}

/**
 * The logistic function as accurate as a factor between 0 and 1 needs, to 6e-8 of 1, by tanh, which takes two thirds of the work; where it
 * is itself the result, `sigmoid` is accurate however small it is.
 */
// @ts-ignore: decorator
@inline
export function gate(x: v128): v128 {
  return madd(tanh(f32x4.mul(x, constant(HALF))), constant(HALF), constant(HALF));
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const z = f32x4.pmax(f32x4.pmin(x, constant(TANH_MAX)), constant(TANH_MIN));
  const s = f32x4.mul(z, z);
  let p = madd(constant(TANH_P + 96), s, constant(TANH_P + 80));
  p = madd(p, s, constant(TANH_P + 64));
  p = madd(p, s, constant(TANH_P + 48));
  p = madd(p, s, constant(TANH_P + 32));
  p = madd(p, s, constant(TANH_P + 16));
  p = madd(p, s, constant(TANH_P));
  let q = madd(constant(TANH_Q + 48), s, constant(TANH_Q + 32));
  q = madd(q, s, constant(TANH_Q + 16));
  q = madd(q, s, constant(TANH_Q));
  return f32x4.mul(z, f32x4.div(p, q));
}

export function log(x: v128): v128 {
  // A subnormal number is scaled up by 2²³ first.
  const isSmall = f32x4.lt(x, constant(SMALLEST_NORMAL));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, isSmall);
  const bits = i32x4.sub(i32x4.shr_u(scaled, 23), i32x4.splat(126));
  let e = f32x4.sub(f32x4.convert_i32x4_s(bits), v128.and(isSmall, f32x4.splat(23)));
  let m = v128.or(v128.and(scaled, i32x4.splat(0x007fffff)), constant(HALF)); // in [½, 1)
  const isLow = f32x4.lt(m, constant(SQRT_HALF));
  e = f32x4.sub(e, v128.and(constant(ONE), isLow));
  m = f32x4.sub(f32x4.add(m, v128.and(m, isLow)), constant(ONE));
  const z = f32x4.mul(m, m);
  let p = madd(constant(LOG_0), m, constant(LOG_0 + 16));
  for (let i: usize = 32; i <= 128; i += 16) p = madd(p, m, constant(LOG_0 + i));
  let y = f32x4.mul(f32x4.mul(p, m), z);
  y = madd(e, constant(LN2_LOW), y);
  y = nmadd(z, constant(HALF), y);
  y = madd(e, constant(LN2_HIGH), f32x4.add(m, y));
  y = v128.bitselect(f32x4.neg(constant(INFINITY)), y, f32x4.eq(x, f32x4.splat(0)));
  y = v128.bitselect(constant(INFINITY), y, f32x4.eq(x, constant(INFINITY)));
  return v128.or(y, v128.not(f32x4.ge(x, f32x4.splat(0)))); // all ones are a NaN
}

/** Zero for what is nearly zero: WebAssembly cannot turn off subnormal numbers, which are a hundred times slower. */
// @ts-ignore: decorator
@inline
export function flush(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), constant(TINY)));
}

export function horizontalSum(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}
