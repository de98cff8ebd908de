// A checkpoint begins as every safetensors file with metadata does, its checksum being the first of them: it stands at a fixed place.
const BEFORE = new TextEncoder().encode('{"__metadata__":{"checksum":"');
const BEGIN = 8 + BEFORE.length;

/** The value of the metadata `checksum` before the file is sealed. */
export const NO_CHECKSUM = "0".repeat(64);

/** Puts the SHA-256 of a file, with zeros in its place, into it. @param bytes changed. */
export async function seal(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  bytes.set(new TextEncoder().encode(await checksum(bytes)), BEGIN);
}

/** Whether a file is, to the bit, one that was sealed. @param bytes borrowed. */
export async function isSealed(bytes: Uint8Array): Promise<boolean> {
  if (bytes.length < BEGIN + NO_CHECKSUM.length || BEFORE.some((byte, i) => bytes[8 + i] !== byte)) return false;
  const found = new TextDecoder().decode(bytes.subarray(BEGIN, BEGIN + NO_CHECKSUM.length));
  const zeroed = new Uint8Array(bytes);
  zeroed.set(new TextEncoder().encode(NO_CHECKSUM), BEGIN);
  return found === (await checksum(zeroed));
}

async function checksum(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
