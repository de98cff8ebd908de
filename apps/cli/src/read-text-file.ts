import { decodeText } from "./decode-text.ts";
import { readBytes } from "./read-bytes.ts";

/** The text of a UTF-8 file, without a byte order mark. @throws Error when it cannot be read, is empty or is no text. */
export async function readTextFile(path: string): Promise<string> {
  const text = decodeText(path, await readBytes(path));
  if (text.trim() === "") throw new Error(`${path} is empty`);
  return text;
}
