/** How long a text is; lengths of parts add up, unless a part ends within a surrogate pair. */
export interface TextLength {
  /** Code points, neither UTF-16 units nor graphemes. */
  readonly numCharacters: number;
  /** Bytes of UTF-8; a lone surrogate becomes U+FFFD, three bytes, as in every encoder. */
  readonly numBytes: number;
}

/** Counts characters and bytes in one pass, without encoding: what bits per character and bits per byte are taken over. */
export function textLength(text: string): TextLength {
  let numCharacters = 0;
  let numBytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!;
    numCharacters++;
    if (code < 0x80) numBytes += 1;
    else if (code < 0x800) numBytes += 2;
    else if (code < 0x10000) numBytes += 3;
    else {
      numBytes += 4;
      i++; // the second unit of the pair
    }
  }
  return { numCharacters, numBytes };
}
