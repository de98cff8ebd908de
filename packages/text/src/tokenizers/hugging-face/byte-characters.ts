import { encodeUtf8 } from "../encode-utf8.ts";

/**
 * The character by which GPT-2 and its kind write each byte: the printable characters of Latin-1 stand for themselves, the
 * others are the characters from U+0100 on, in order.
 */
const CHARACTERS: readonly string[] = (() => {
  const isPrintable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
})();

/** A character as the characters of its bytes; half of a surrogate pair as those of U+FFFD. */
export function byteCharacters(character: string): string {
  const wellFormed = character.replace(/\p{Surrogate}/gu, "\ufffd");
  return Array.from(encodeUtf8(wellFormed), (byte) => CHARACTERS[byte]!).join("");
}
