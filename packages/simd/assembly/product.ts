import { rowTile, Count1, Count2, Count3, Count4, tile } from "./tile";

/** Rows and panels of the left operand to take at a time: they stay in the first cache, or near, while panel after panel is multiplied. */
const ROWS: i32 = 32;
const DEPTH: i32 = 32;

/**
 * c += a·b over the rows [begin, end) of blocked matrices of `numRows` rows.
 *
 * @param kPanels panels of a: an eighth of the summed index.
 * @param b panels of `kPanels`·8 rows each, one for each panel of c.
 */
export function multiplyRows(
  a: usize, kPanels: i32, b: usize, c: usize, cPanels: i32, numRows: i32, begin: i32, end: i32,
): void {
  const stride = <usize>numRows << 5;
  const bStride = <usize>kPanels << 8;
  let panel = 0;
  if (end - begin == 1) {
    const row = <usize>begin << 5;
    while (panel + 2 <= cPanels) {
      // Rather two panels twice than three and one.
      const count = cPanels - panel == 4 || cPanels - panel == 2 ? 2 : 3;
      if (count == 3) rowTile<Count3>(a + row, stride, kPanels, b, bStride, c + row, stride);
      else rowTile<Count2>(a + row, stride, kPanels, b, bStride, c + row, stride);
      b += bStride * count;
      c += stride * count;
      panel += count;
    }
  }
  if (panel == cPanels) return;
  for (let first = begin; first < end; first += ROWS) {
    const last = min(end, first + ROWS);
    for (let k = 0; k < kPanels; k += DEPTH) {
      const depth = min(DEPTH, kPanels - k);
      const left = a + <usize>k * stride;
      let right = b + (<usize>k << 8), sum = c;
      for (let i = panel; i < cPanels; i++) {
        let row = first;
        for (; row + 4 <= last; row += 4) {
          const at = <usize>row << 5;
          tile<Count4>(left + at, stride, depth, right, sum + at);
        }
        const at = <usize>row << 5;
        if (row + 3 == last) tile<Count3>(left + at, stride, depth, right, sum + at);
        else if (row + 2 == last) tile<Count2>(left + at, stride, depth, right, sum + at);
        else if (row + 1 == last) tile<Count1>(left + at, stride, depth, right, sum + at);
        right += bStride;
        sum += stride;
      }
    }
  }
}
