import { platformUtf8 } from "./platform-utf8.ts";

/** Reads all UTF-16 code units of a text of at most `maxLength`, into an array that the next call may overwrite. */
export type UnitReader = (text: string) => Uint8Array | Uint16Array;

export function unitReader(maxLength: number): UnitReader {
  const units = new Uint16Array(maxLength);
  const bytes = new Uint8Array(platformUtf8 ? 3 * maxLength : 0);
  return (text) => {
    // Of ASCII the bytes are the units. No other text has as many of both.
    if (platformUtf8 && platformUtf8.encodeInto(text, bytes) === text.length) return bytes;
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    return units;
  };
}
