/** The text of bytes in UTF-8, without a byte order mark. @throws Error that names their source when they are no text. */
export function decodeText(source: string, bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new Error(`${source} is not a text file: it holds a zero byte at ${bytes.indexOf(0)}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${source} is not a text file in UTF-8`, { cause: error });
  }
}
