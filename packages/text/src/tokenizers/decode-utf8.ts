const REPLACEMENT = 0xfffd;
const CHUNK = 4096; // of arguments to one call: engines limit them

/**
 * The text of a UTF-8 form, in which surrogates may stand alone (WTF-8). Each longest part that could have begun a character
 * becomes one U+FFFD where it does not go on so, as the Encoding Standard of the web has it.
 */
export function decodeUtf8(bytes: ArrayLike<number>): string {
  const codes: number[] = [];
  let text = "";
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++]!;
    let numRest = first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
    let code = numRest > 0 ? first & (0x3f >> numRest) : first;
    // The second byte may not lie so low that fewer bytes would do, nor lead beyond U+10FFFF.
    let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    let high = first === 0xf4 ? 0x8f : 0xbf;
    for (; numRest > 0 && i < bytes.length && bytes[i]! >= low && bytes[i]! <= high; numRest--) {
      code = (code << 6) | (bytes[i++]! & 0x3f);
      [low, high] = [0x80, 0xbf];
    }
    codes.push(numRest === 0 ? code : REPLACEMENT);
    if (codes.length === CHUNK) text += String.fromCodePoint(...codes.splice(0));
  }
  return text + String.fromCodePoint(...codes);
}
