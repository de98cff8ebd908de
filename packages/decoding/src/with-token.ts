/** Writes a token behind `length` others, into twice the room where there is none left. */
export function withToken(ids: Int32Array, length: number, token: number): Int32Array {
  let roomy = ids;
  if (length === ids.length) {
    roomy = new Int32Array(2 * length);
    roomy.set(ids);
  }
  roomy[length] = token;
  return roomy;
}
