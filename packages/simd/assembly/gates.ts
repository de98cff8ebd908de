import { flush, one, sigmoid, tanh } from "./math";
import { madd } from "./madd";

export const RNN_TANH: i32 = 0;
export const RNN_RELU: i32 = 1;
export const GRU: i32 = 2;
export const LSTM: i32 = 3;

/**
 * The gate equations over `count` bytes of a panel, forward. Blocks of gates lie `gateStride` bytes apart: for an LSTM i, f, g, o;
 * for a GRU n, r, z and the recurrent part of n, so that the blocks of the input product and those of the recurrent product
 * are each a run; for an RNN its only sum. What `backward` needs of them replaces them.
 */
export function lstmForward(gates: usize, gateStride: usize, cell: usize, nextCell: usize, nextHidden: usize, count: usize): void {
  const forget = gates + gateStride, candidate = forget + gateStride, output = candidate + gateStride;
  for (let at: usize = 0; at < count; at += 16) {
    const i = sigmoid(v128.load(gates + at));
    const f = sigmoid(v128.load(forget + at));
    const g = tanh(v128.load(candidate + at));
    const o = sigmoid(v128.load(output + at));
    v128.store(gates + at, i);
    v128.store(forget + at, f);
    v128.store(candidate + at, g);
    v128.store(output + at, o);
    const c = madd(f, v128.load(cell + at), f32x4.mul(i, g));
    v128.store(nextCell + at, c);
    v128.store(nextHidden + at, f32x4.mul(o, tanh(c)));
  }
}

/** From dh + d(output) and dc to the gradients of the sums, in place of the gates; dc becomes that of the step before. */
export function lstmBackward(
  gates: usize, gateStride: usize, cell: usize, nextCell: usize, outputGradient: usize, dh: usize, dc: usize, count: usize,
): void {
  const forget = gates + gateStride, candidate = forget + gateStride, output = candidate + gateStride;
  for (let at: usize = 0; at < count; at += 16) {
    const i = v128.load(gates + at), f = v128.load(forget + at), g = v128.load(candidate + at), o = v128.load(output + at);
    const squashed = tanh(v128.load(nextCell + at));
    const h = flush(f32x4.add(v128.load(dh + at), v128.load(outputGradient + at)));
    const ho = f32x4.mul(h, o);
    const c = flush(madd(ho, f32x4.sub(one(), f32x4.mul(squashed, squashed)), v128.load(dc + at)));
    const ci = f32x4.mul(c, i), cf = f32x4.mul(c, f);
    v128.store(gates + at, f32x4.mul(f32x4.mul(ci, g), f32x4.sub(one(), i)));
    v128.store(forget + at, f32x4.mul(f32x4.mul(cf, v128.load(cell + at)), f32x4.sub(one(), f)));
    v128.store(candidate + at, f32x4.mul(ci, f32x4.sub(one(), f32x4.mul(g, g))));
    v128.store(output + at, f32x4.mul(f32x4.mul(ho, squashed), f32x4.sub(one(), o)));
    v128.store(dc + at, cf);
    v128.store(dh + at, f32x4.splat(0));
  }
}

export function gruForward(gates: usize, gateStride: usize, hidden: usize, nextHidden: usize, count: usize): void {
  const reset = gates + gateStride, update = reset + gateStride, recurrent = update + gateStride;
  for (let at: usize = 0; at < count; at += 16) {
    const r = sigmoid(v128.load(reset + at));
    const z = sigmoid(v128.load(update + at));
    const n = tanh(madd(r, v128.load(recurrent + at), v128.load(gates + at)));
    v128.store(gates + at, n);
    v128.store(reset + at, r);
    v128.store(update + at, z);
    v128.store(nextHidden + at, madd(z, f32x4.sub(v128.load(hidden + at), n), n));
  }
}

export function gruBackward(
  gates: usize, gateStride: usize, hidden: usize, outputGradient: usize, dh: usize, count: usize,
): void {
  const reset = gates + gateStride, update = reset + gateStride, recurrent = update + gateStride;
  for (let at: usize = 0; at < count; at += 16) {
    const n = v128.load(gates + at), r = v128.load(reset + at), z = v128.load(update + at);
    const h = flush(f32x4.add(v128.load(dh + at), v128.load(outputGradient + at)));
    const hz = f32x4.mul(h, z);
    const dn = flush(f32x4.mul(f32x4.sub(h, hz), f32x4.sub(one(), f32x4.mul(n, n))));
    const dnr = f32x4.mul(dn, r);
    v128.store(gates + at, dn);
    v128.store(reset + at, f32x4.mul(f32x4.mul(dnr, v128.load(recurrent + at)), f32x4.sub(one(), r)));
    v128.store(update + at, f32x4.mul(f32x4.mul(hz, f32x4.sub(one(), z)), f32x4.sub(v128.load(hidden + at), n)));
    v128.store(recurrent + at, dnr);
    v128.store(dh + at, hz);
  }
}

export function rnnForward(isRelu: bool, gates: usize, nextHidden: usize, count: usize): void {
  for (let at: usize = 0; at < count; at += 16) {
    const x = v128.load(gates + at);
    v128.store(nextHidden + at, isRelu ? v128.andnot(x, f32x4.lt(x, f32x4.splat(0))) : tanh(x));
  }
}

export function rnnBackward(isRelu: bool, gates: usize, nextHidden: usize, outputGradient: usize, dh: usize, count: usize): void {
  for (let at: usize = 0; at < count; at += 16) {
    const h = v128.load(nextHidden + at);
    const gradient = flush(f32x4.add(v128.load(dh + at), v128.load(outputGradient + at)));
    const sum = isRelu
      ? v128.and(gradient, f32x4.gt(h, f32x4.splat(0)))
      : f32x4.mul(gradient, f32x4.sub(one(), f32x4.mul(h, h)));
    v128.store(gates + at, sum);
    v128.store(dh + at, f32x4.splat(0));
  }
}
