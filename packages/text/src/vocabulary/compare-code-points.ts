/**
 * The order of strings by their code points, which is Python's and differs from that of JavaScript's `<` where a code point
 * above U+FFFF meets one from U+E000 to U+FFFF.
 */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  let i = 0;
  while (i < length && left.charCodeAt(i) === right.charCodeAt(i)) i++;
  if (i === length) return left.length - right.length;
  // The first difference may be in the second halves of two surrogate pairs.
  return pointAt(left, i) - pointAt(right, i);
}

function pointAt(text: string, index: number): number {
  const before = index > 0 ? text.codePointAt(index - 1)! : 0;
  return before > 0xffff ? before : text.codePointAt(index)!;
}
