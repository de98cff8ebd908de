import { madd } from "./madd";

/**
 * Tiles of products of blocked matrices: [columns/8][rows][8], panels of eight columns with the rows one after another. A
 * product takes its left operand as such panels, its right one as panels of which the rows are the summed index, and adds to
 * its result, again such panels; so nothing is ever transposed. Four rows by eight columns: with more, V8, which moves the loads of an
 * iteration together, runs out of its fifteen registers.
 */
@unmanaged export class Count1 { a: u8; }
@unmanaged export class Count2 { a: u8; b: u8; }
@unmanaged export class Count3 { a: u8; b: u8; c: u8; }
@unmanaged export class Count4 { a: u8; b: u8; c: u8; d: u8; }

/**
 * c[row, 0..8] += Σₖ a[row, k] · b[k, 0..8] for one to four rows.
 *
 * @param a the first row in the first panel of the left operand.
 * @param aStride bytes from panel to panel.
 * @param numPanels of the left operand: an eighth of the summed index.
 */
export function tile<Rows>(a: usize, aStride: usize, numPanels: i32, b: usize, c: usize): void {
  const rows = offsetof<Rows>();
  let c00 = v128.load(c), c01 = v128.load(c, 16);
  let c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (rows > 1) { c10 = v128.load(c, 32); c11 = v128.load(c, 48); }
  if (rows > 2) { c20 = v128.load(c, 64); c21 = v128.load(c, 80); }
  if (rows > 3) { c30 = v128.load(c, 96); c31 = v128.load(c, 112); }
  const end = b + (<usize>numPanels << 8);
  while (b < end) {
    const panelEnd = b + 256;
    let p = a;
    do {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(p);
      c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
      if (rows > 1) { x = v128.load_splat<f32>(p, 32); c10 = madd(x, b0, c10); c11 = madd(x, b1, c11); }
      if (rows > 2) { x = v128.load_splat<f32>(p, 64); c20 = madd(x, b0, c20); c21 = madd(x, b1, c21); }
      if (rows > 3) { x = v128.load_splat<f32>(p, 96); c30 = madd(x, b0, c30); c31 = madd(x, b1, c31); }
      p += 4;
      b += 32;
    } while (b < panelEnd);
    a += aStride;
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  if (rows > 1) { v128.store(c, c10, 32); v128.store(c, c11, 48); }
  if (rows > 2) { v128.store(c, c20, 64); v128.store(c, c21, 80); }
  if (rows > 3) { v128.store(c, c30, 96); v128.store(c, c31, 112); }
}

/**
 * The same for one row and two or three panels of columns: a single row of one panel would wait for its own sums, and four panels would,
 * as five rows, need too many registers.
 */
export function rowTile<Panels>(
  a: usize, aStride: usize, numPanels: i32, b: usize, bStride: usize, c: usize, cStride: usize,
): void {
  const panels = offsetof<Panels>();
  const e1 = c + cStride, e2 = e1 + cStride;
  let c00 = v128.load(c), c01 = v128.load(c, 16), c10 = v128.load(e1), c11 = v128.load(e1, 16);
  let c20 = c00, c21 = c00;
  if (panels > 2) { c20 = v128.load(e2); c21 = v128.load(e2, 16); }
  let b1 = b + bStride, b2 = b1 + bStride;
  const end = b + (<usize>numPanels << 8);
  while (b < end) {
    const panelEnd = b + 256;
    let p = a;
    do {
      const x = v128.load_splat<f32>(p);
      c00 = madd(x, v128.load(b), c00); c01 = madd(x, v128.load(b, 16), c01);
      c10 = madd(x, v128.load(b1), c10); c11 = madd(x, v128.load(b1, 16), c11);
      if (panels > 2) { c20 = madd(x, v128.load(b2), c20); c21 = madd(x, v128.load(b2, 16), c21); b2 += 32; }
      p += 4;
      b += 32; b1 += 32;
    } while (b < panelEnd);
    a += aStride;
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(e1, c10); v128.store(e1, c11, 16);
  if (panels > 2) { v128.store(e2, c20); v128.store(e2, c21, 16); }
}

/**
 * c[0..4, 0..8] = Σ over rows of a[row][0..4] · b[row][0..8], written as four rows of eight: a tile of aᵀ·b, for which the panels of
 * both serve as they are.
 *
 * @param a half a panel.
 */
export function gradientTile(a: usize, b: usize, numRows: i32, c: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = b + (<usize>numRows << 5);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load_splat<f32>(a, 4);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load_splat<f32>(a, 8);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load_splat<f32>(a, 12);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    a += 32;
    b += 32;
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(c, c10, 32); v128.store(c, c11, 48);
  v128.store(c, c20, 64); v128.store(c, c21, 80); v128.store(c, c30, 96); v128.store(c, c31, 112);
}

/**
 * c[0..4, 0..8] = Σₖ a[row, k] · b[k, 0..8], or += where `adds`, with c four rows of eight and the rows of a wherever they lie.
 *
 * @param kStride bytes from one element of a row to the next.
 */
export function stridedTile(
  adds: bool, a0: usize, a1: usize, a2: usize, a3: usize, kStride: usize, b: usize, count: i32, c: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (adds) {
    c00 = v128.load(c); c01 = v128.load(c, 16); c10 = v128.load(c, 32); c11 = v128.load(c, 48);
    c20 = v128.load(c, 64); c21 = v128.load(c, 80); c30 = v128.load(c, 96); c31 = v128.load(c, 112);
  }
  const end = b + (<usize>count << 5);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a0);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load_splat<f32>(a1);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load_splat<f32>(a2);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load_splat<f32>(a3);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    a0 += kStride; a1 += kStride; a2 += kStride; a3 += kStride;
    b += 32;
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(c, c10, 32); v128.store(c, c11, 48);
  v128.store(c, c20, 64); v128.store(c, c21, 80); v128.store(c, c30, 96); v128.store(c, c31, 112);
}

/**
 * c[0..4, 0..8] = scale·Σₖ a[row, k] · b[k, 0..8] + bias, with the rows of a and c wherever they lie: a whole tile, written where it
 * belongs. One function for this and `stridedTile` runs out of registers, and takes a fifth longer than either.
 *
 * @param kStride bytes from one element of a row to the next.
 * @param bias eight floats, or 0.
 * @param cStride bytes from row to row.
 */
export function wholeTile(
  a0: usize, a1: usize, a2: usize, a3: usize, kStride: usize, b: usize, count: i32, scale: f32, bias: usize, c: usize, cStride: usize,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = b + (<usize>count << 5);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a0);
    c00 = madd(x, b0, c00); c01 = madd(x, b1, c01);
    x = v128.load_splat<f32>(a1);
    c10 = madd(x, b0, c10); c11 = madd(x, b1, c11);
    x = v128.load_splat<f32>(a2);
    c20 = madd(x, b0, c20); c21 = madd(x, b1, c21);
    x = v128.load_splat<f32>(a3);
    c30 = madd(x, b0, c30); c31 = madd(x, b1, c31);
    a0 += kStride; a1 += kStride; a2 += kStride; a3 += kStride;
    b += 32;
  }
  if (scale != 1) {
    const s = f32x4.splat(scale);
    c00 = f32x4.mul(c00, s); c01 = f32x4.mul(c01, s); c10 = f32x4.mul(c10, s); c11 = f32x4.mul(c11, s);
    c20 = f32x4.mul(c20, s); c21 = f32x4.mul(c21, s); c30 = f32x4.mul(c30, s); c31 = f32x4.mul(c31, s);
  }
  if (bias != 0) {
    const b0 = v128.load(bias), b1 = v128.load(bias, 16);
    c00 = f32x4.add(c00, b0); c01 = f32x4.add(c01, b1); c10 = f32x4.add(c10, b0); c11 = f32x4.add(c11, b1);
    c20 = f32x4.add(c20, b0); c21 = f32x4.add(c21, b1); c30 = f32x4.add(c30, b0); c31 = f32x4.add(c31, b1);
  }
  v128.store(c, c00); v128.store(c, c01, 16);
  c += cStride;
  v128.store(c, c10); v128.store(c, c11, 16);
  c += cStride;
  v128.store(c, c20); v128.store(c, c21, 16);
  c += cStride;
  v128.store(c, c30); v128.store(c, c31, 16);
}
