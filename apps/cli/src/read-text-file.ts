import { readFile } from "node:fs/promises";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "reading it is not allowed",
};

/** The text of a UTF-8 file, without a byte order mark. @throws Error when it cannot be read, is empty or is no text. */
export async function readTextFile(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`cannot read ${path}: ${REASONS[code ?? ""] ?? message}`, { cause: error });
  }
  if (bytes.includes(0)) throw new Error(`${path} is not a text file: it holds a zero byte at ${bytes.indexOf(0)}`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${path} is not a text file in UTF-8`, { cause: error });
  }
  if (text.trim() === "") throw new Error(`${path} is empty`);
  return text;
}
