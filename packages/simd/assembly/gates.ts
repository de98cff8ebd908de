import { flush, gate, one, tanh } from "./math";
import { madd } from "./madd";

export const RNN_TANH: i32 = 0;
export const RNN_RELU: i32 = 1;
export const GRU: i32 = 2;
export const LSTM: i32 = 3;

/**
 * The gate equations over `count` bytes of a panel, forward. Blocks of gates lie `gateStride` bytes apart: for an LSTM i, f, g, o;
 * for a GRU n, r, z and the recurrent part of n, so that the blocks of the input product and those of the recurrent product
 * are each a run; for an RNN its only sum. What `backward` needs of them replaces them. Those with many functions take two vectors
 * at a time, which load the constants of the functions once.
 */
export function lstmForward(gates: usize, gateStride: usize, cell: usize, nextCell: usize, nextHidden: usize, count: usize): void {
  const forget = gates + gateStride, candidate = forget + gateStride, output = candidate + gateStride;
  for (let at: usize = 0; at < count; at += 32) {
    const i0 = gate(v128.load(gates + at)), i1 = gate(v128.load(gates + at, 16));
    const f0 = gate(v128.load(forget + at)), f1 = gate(v128.load(forget + at, 16));
    const g0 = tanh(v128.load(candidate + at)), g1 = tanh(v128.load(candidate + at, 16));
    const o0 = gate(v128.load(output + at)), o1 = gate(v128.load(output + at, 16));
    const c0 = madd(f0, v128.load(cell + at), f32x4.mul(i0, g0)), c1 = madd(f1, v128.load(cell + at, 16), f32x4.mul(i1, g1));
    const h0 = f32x4.mul(o0, tanh(c0)), h1 = f32x4.mul(o1, tanh(c1));
    v128.store(gates + at, i0);
    v128.store(gates + at, i1, 16);
    v128.store(forget + at, f0);
    v128.store(forget + at, f1, 16);
    v128.store(candidate + at, g0);
    v128.store(candidate + at, g1, 16);
    v128.store(output + at, o0);
    v128.store(output + at, o1, 16);
    v128.store(nextCell + at, c0);
    v128.store(nextCell + at, c1, 16);
    v128.store(nextHidden + at, h0);
    v128.store(nextHidden + at, h1, 16);
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
  for (let at: usize = 0; at < count; at += 32) {
    const r0 = gate(v128.load(reset + at)), r1 = gate(v128.load(reset + at, 16));
    const z0 = gate(v128.load(update + at)), z1 = gate(v128.load(update + at, 16));
    const n0 = tanh(madd(r0, v128.load(recurrent + at), v128.load(gates + at)));
    const n1 = tanh(madd(r1, v128.load(recurrent + at, 16), v128.load(gates + at, 16)));
    const h0 = madd(z0, f32x4.sub(v128.load(hidden + at), n0), n0);
    const h1 = madd(z1, f32x4.sub(v128.load(hidden + at, 16), n1), n1);
    v128.store(gates + at, n0);
    v128.store(gates + at, n1, 16);
    v128.store(reset + at, r0);
    v128.store(reset + at, r1, 16);
    v128.store(update + at, z0);
    v128.store(update + at, z1, 16);
    v128.store(nextHidden + at, h0);
    v128.store(nextHidden + at, h1, 16);
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
