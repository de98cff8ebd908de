/** The coder that a platform may have. */
export interface PlatformUtf8 {
  /** Half of a surrogate pair alone becomes U+FFFD. @returns how many bytes were written, of at most three a unit. */
  encodeInto(text: string, bytes: Uint8Array): number;
  decode(bytes: Uint8Array): string;
}

interface Platform {
  readonly TextEncoder?: new () => { encodeInto(text: string, bytes: Uint8Array): { readonly written: number } };
  readonly TextDecoder?: new () => { decode(bytes: Uint8Array): string };
}

/**
 * ES2022 has no way to read or make a whole string at once, which is several times as fast as unit by unit; the web's Encoding
 * Standard does, and nearly every platform has that. Who uses it must give the same results where this is undefined.
 */
export const platformUtf8 = findUtf8(globalThis as Platform);

function findUtf8({ TextEncoder, TextDecoder }: Platform): PlatformUtf8 | undefined {
  if (TextEncoder === undefined || TextDecoder === undefined) return undefined;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  return {
    encodeInto: (text, bytes) => encoder.encodeInto(text, bytes).written,
    decode: (bytes) => decoder.decode(bytes),
  };
}
