import { madd } from "./madd";
import { expOfNegative, flush, horizontalSum, one, tanh } from "./math";
import { rowPeak, rowSum } from "./reduce";

/** Σ x·y */
export function dot(x: usize, y: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    sum = madd(v128.load(x), v128.load(y), sum);
    x += 16;
    y += 16;
  }
  let total = horizontalSum(sum);
  for (; i < count; i++) {
    total += load<f32>(x) * load<f32>(y);
    x += 4;
    y += 4;
  }
  return total;
}

/** y += factor·x */
export function addScaled(x: usize, factor: f32, y: usize, count: i32): void {
  const f = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(y, madd(v128.load(x), f, v128.load(y)));
    x += 16;
    y += 16;
  }
  for (; i < count; i++) {
    store<f32>(y, load<f32>(y) + load<f32>(x) * factor);
    x += 4;
    y += 4;
  }
}

/** Σ v·tanh(q + k) */
export function additiveScore(q: usize, k: usize, v: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    sum = madd(v128.load(v), tanh(f32x4.add(v128.load(q), v128.load(k))), sum);
    q += 16;
    k += 16;
    v += 16;
  }
  let total = horizontalSum(sum);
  for (; i < count; i++) {
    total += load<f32>(v) * scalarTanh(load<f32>(q) + load<f32>(k));
    q += 4;
    k += 4;
    v += 4;
  }
  return total;
}

// @ts-ignore: decorator
@inline
function scalarTanh(x: f32): f32 {
  return f32x4.extract_lane(tanh(f32x4.splat(x)), 0);
}

/** From the gradient of an additive score to those of what it is made of, which are added to. */
export function additiveGradient(
  gradient: f32, q: usize, k: usize, v: usize, dq: usize, dk: usize, dv: usize, count: i32,
): void {
  const g = f32x4.splat(gradient);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const squashed = tanh(f32x4.add(v128.load(q), v128.load(k)));
    const slope = flush(f32x4.mul(f32x4.mul(g, v128.load(v)), f32x4.sub(one(), f32x4.mul(squashed, squashed))));
    v128.store(dv, madd(g, squashed, v128.load(dv)));
    v128.store(dq, f32x4.add(v128.load(dq), slope));
    v128.store(dk, f32x4.add(v128.load(dk), slope));
    q += 16; k += 16; v += 16;
    dq += 16; dk += 16; dv += 16;
  }
  for (; i < count; i++) {
    const squashed = scalarTanh(load<f32>(q) + load<f32>(k));
    const slope = gradient * load<f32>(v) * (1 - squashed * squashed);
    store<f32>(dv, load<f32>(dv) + gradient * squashed);
    store<f32>(dq, load<f32>(dq) + slope);
    store<f32>(dk, load<f32>(dk) + slope);
    q += 4; k += 4; v += 4;
    dq += 4; dk += 4; dv += 4;
  }
}

/** Softmax of a row in place. */
export function softmaxInPlace(x: usize, count: i32): void {
  const maximum = rowPeak(x, count);
  const m = f32x4.splat(maximum);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = x + (<usize>i << 2);
    v128.store(at, expOfNegative(f32x4.sub(v128.load(at), m)));
  }
  for (; i < count; i++) {
    const at = x + (<usize>i << 2);
    store<f32>(at, f32x4.extract_lane(expOfNegative(f32x4.splat(load<f32>(at) - maximum)), 0));
  }
  const total = rowSum(x, count);
  for (i = 0; i < count; i++) {
    const at = x + (<usize>i << 2);
    store<f32>(at, load<f32>(at) / total);
  }
}
