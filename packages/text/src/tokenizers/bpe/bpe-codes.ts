import { checkText } from "../../check-text.ts";
import type { BPEMerge } from "./bpe-merge.ts";
import { checkMerges } from "./check-merges.ts";

const HEADER = "#version: 0.2";

/**
 * The merges in the form of subword-nmt's file of codes: a line that says the version, then a merge a line.
 *
 * @throws RangeError when a symbol holds a space or a line end, which the file has no way to write.
 */
export function bpeMergesToText(merges: readonly BPEMerge[]): string {
  checkMerges("bpeMergesToText", merges);
  for (const symbol of merges.flat()) {
    if (/[ \r\n]/.test(symbol)) {
      throw new RangeError(`bpeMergesToText: symbols must hold no space or line end, got ${JSON.stringify(symbol)}`);
    }
  }
  return `${[HEADER, ...merges.map((merge) => merge.join(" "))].join("\n")}\n`;
}

/**
 * The merges of subword-nmt's file of codes.
 *
 * @throws RangeError when its first line does not say version 0.2 (the older one marks word ends otherwise) or another line
 *   is no pair.
 * @throws TypeError when `text` is not a string.
 */
export function bpeMergesFromText(text: string): BPEMerge[] {
  checkText("bpeMergesFromText", text);
  const [header = "", ...lines] = text.replace(/\n+$/, "").split("\n");
  if (header.trim() !== HEADER) {
    throw new RangeError(`bpeMergesFromText: line 1 must be "${HEADER}", got ${JSON.stringify(header.slice(0, 60))}`);
  }
  return lines.map((line, i) => {
    const [left, right, ...rest] = line.replace(/^[ \r]+|[ \r]+$/g, "").split(" ");
    if (!left || !right || rest.length > 0) {
      throw new RangeError(`bpeMergesFromText: line ${i + 2} must hold two symbols, got ${JSON.stringify(line)}`);
    }
    return [left, right];
  });
}
