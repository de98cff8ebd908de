/** A sequence to compare: tokens, ids, or a string, which stands for its code points. */
export type TokenSequence = string | ArrayLike<string | number>;

/** Two sequences as ids that are equal where the tokens are, without what they share at the beginning and at the end. */
export interface DifferingMiddle {
  readonly hypothesis: Int32Array;
  readonly reference: Int32Array;
  /** Tokens shared at the beginning. */
  readonly prefixLength: number;
  /** Tokens shared at the end, after the prefix is taken away. */
  readonly suffixLength: number;
}

/**
 * What is left to compare of two sequences. Some shortest edit leaves the shared ends alone, and some longest common
 * subsequence contains them, so only the middle needs a table.
 *
 * @throws TypeError for what is no sequence.
 */
export function differingMiddle(caller: string, hypothesis: TokenSequence, reference: TokenSequence): DifferingMiddle {
  const ids = new Map<string | number, number>();
  const left = internTokens(caller, "hypothesis", hypothesis, ids);
  const right = internTokens(caller, "reference", reference, ids);
  const shorter = Math.min(left.length, right.length);
  let prefixLength = 0;
  while (prefixLength < shorter && left[prefixLength] === right[prefixLength]) prefixLength++;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd > prefixLength && rightEnd > prefixLength && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  return {
    hypothesis: left.subarray(prefixLength, leftEnd),
    reference: right.subarray(prefixLength, rightEnd),
    prefixLength,
    suffixLength: left.length - leftEnd,
  };
}

function internTokens(
  caller: string,
  name: string,
  sequence: TokenSequence,
  ids: Map<string | number, number>,
): Int32Array {
  if (typeof sequence !== "string" && typeof sequence?.length !== "number") {
    throw new TypeError(`${caller}: ${name} must be a string or an array of tokens, got ${typeof sequence}`);
  }
  const tokens = typeof sequence === "string" ? Array.from(sequence) : sequence;
  const interned = new Int32Array(tokens.length);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    let id = ids.get(token);
    if (id === undefined) ids.set(token, (id = ids.size));
    interned[i] = id;
  }
  return interned;
}
