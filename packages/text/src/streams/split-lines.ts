import { checkText } from "../check-text.ts";

/**
 * The lines of a text, without their ends: `\n`, `\r\n` or `\r`, as where Python reads a file. The end of the last line begins
 * no other; other separators that Unicode knows are characters like any.
 *
 * @throws TypeError when `text` is not a string.
 */
export function splitLines(text: string): string[] {
  checkText("splitLines", text);
  const lines = text.includes("\r") ? text.split(/\r\n|\r|\n/) : text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
