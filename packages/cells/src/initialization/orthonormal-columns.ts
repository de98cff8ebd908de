/**
 * The factor Q of a matrix, Q·R with a positive diagonal of R: its columns made orthonormal, one after the other.
 *
 * @param columns the columns of the matrix, as many as each is long, or fewer; overwritten.
 */
export function orthonormalColumns(columns: readonly Float64Array[]): readonly Float64Array[] {
  for (const [j, column] of columns.entries()) {
    // Modified Gram-Schmidt: subtracted at once from what is left, which loses far less than from the matrix as it was.
    for (const done of columns.slice(0, j)) {
      const share = dot(done, column);
      for (let i = 0; i < column.length; i++) column[i]! -= share * done[i]!;
    }
    const norm = Math.sqrt(dot(column, column));
    for (let i = 0; i < column.length; i++) column[i]! /= norm;
  }
  return columns;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
