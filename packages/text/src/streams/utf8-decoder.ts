/** Decodes UTF-8 part by part, and keeps a character whose bytes lie in two parts. */
export interface Utf8Decoder {
  /** The text that the bytes complete. @param bytes borrowed. @throws RangeError where they are not UTF-8. */
  push(bytes: Uint8Array): string;
  /** @throws RangeError when the last character is not complete. */
  end(): void;
}

const MOST_ARGUMENTS = 8192; // of one call: engines limit them

/** A decoder that drops a byte order mark at the beginning. `caller` is the public function, for the messages. */
export function utf8Decoder(caller: string): Utf8Decoder {
  let position = 0;
  let isBeginning = true;
  // Of a character that is not complete: the bits so far, how many bytes more, and between which the next must lie.
  let [code, numMissing, low, high] = [0, 0, 0x80, 0xbf];

  function fail(byte: number, at: number): never {
    throw new RangeError(`${caller}: bytes must be UTF-8, got 0x${byte.toString(16).padStart(2, "0")} at byte ${at}`);
  }

  return {
    push(bytes) {
      const units = new Uint16Array(bytes.length + 1); // one more for a character that began in the part before
      let length = 0;
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i]!;
        if (numMissing > 0) {
          if (byte < low || byte > high) fail(byte, position + i);
          code = (code << 6) | (byte & 0x3f);
          [low, high] = [0x80, 0xbf];
          if (--numMissing > 0) continue;
          if (code > 0xffff) {
            units[length++] = 0xd7c0 + (code >> 10);
            units[length++] = 0xdc00 | (code & 0x3ff);
          } else if (code !== 0xfeff || !isBeginning) {
            units[length++] = code;
          }
          isBeginning = false;
        } else if (byte < 0x80) {
          units[length++] = byte;
          isBeginning = false;
        } else {
          numMissing = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0;
          if (numMissing === 0) fail(byte, position + i);
          code = byte & (0x3f >> numMissing);
          // Not in more bytes than it takes, no half of a surrogate pair, nothing beyond U+10FFFF.
          if (byte === 0xe0) low = 0xa0;
          else if (byte === 0xf0) low = 0x90;
          else if (byte === 0xed) high = 0x9f;
          else if (byte === 0xf4) high = 0x8f;
        }
      }
      position += bytes.length;
      return textOf(units.subarray(0, length));
    },
    end() {
      if (numMissing > 0) {
        throw new RangeError(
          `${caller}: bytes must be UTF-8, got the end amid a character, after byte ${position - 1}`,
        );
      }
    },
  };
}

function textOf(units: Uint16Array): string {
  let text = "";
  for (let start = 0; start < units.length; start += MOST_ARGUMENTS) {
    // To spread the units would take eight times as long.
    text += Reflect.apply(String.fromCharCode, undefined, units.subarray(start, start + MOST_ARGUMENTS)) as string;
  }
  return text;
}
