import { rowTile, Count1, Count2, Count3, Count4, tile } from "./tile";

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
  for (; panel < cPanels; panel++) {
    let row = begin;
    for (; row + 4 <= end; row += 4) {
      const at = <usize>row << 5;
      tile<Count4>(a + at, stride, kPanels, b, c + at);
    }
    const at = <usize>row << 5;
    if (row + 3 == end) tile<Count3>(a + at, stride, kPanels, b, c + at);
    else if (row + 2 == end) tile<Count2>(a + at, stride, kPanels, b, c + at);
    else if (row + 1 == end) tile<Count1>(a + at, stride, kPanels, b, c + at);
    b += bStride;
    c += stride;
  }
}
