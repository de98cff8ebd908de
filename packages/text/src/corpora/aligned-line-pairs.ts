import type { Chunks } from "../streams/chunks.ts";
import { lineStream } from "../streams/line-stream.ts";
import { splitLines } from "../streams/split-lines.ts";
import type { SentencePair } from "./sentence-pair.ts";

/** Two texts of which each line translates the same line of the other. */
export interface AlignedTexts<Text = string> {
  readonly source: Text;
  readonly target: Text;
}

/**
 * The pairs of two files, as Europarl and Multi30k come: line by line, empty lines too.
 *
 * @throws RangeError when the numbers of lines differ; TypeError for what is not a string.
 */
export function alignedLinePairs({ source, target }: AlignedTexts): SentencePair[] {
  const [sources, targets] = [splitLines(source), splitLines(target)];
  if (sources.length !== targets.length) {
    throw new RangeError(
      `alignedLinePairs: target must have the ${sources.length} lines of source, got ${targets.length}`,
    );
  }
  return sources.map((line, i) => ({ source: line, target: targets[i]! }));
}

/**
 * The same for two streams of text, which are read side by side: arrays of pairs. Memory holds a chunk of each.
 *
 * @throws RangeError when one ends before the other; TypeError for chunks that are no strings.
 */
export async function* alignedLinePairStream({
  source,
  target,
}: AlignedTexts<Chunks<string>>): AsyncGenerator<SentencePair[], void> {
  const [sources, targets] = [lineStream(source), lineStream(target)];
  let [sourceLines, targetLines]: [string[], string[]] = [[], []];
  let numPairs = 0;
  try {
    for (;;) {
      if (sourceLines.length === 0) sourceLines = (await sources.next()).value ?? [];
      if (targetLines.length === 0) targetLines = (await targets.next()).value ?? [];
      const length = Math.min(sourceLines.length, targetLines.length);
      if (length === 0) break;
      yield sourceLines.slice(0, length).map((line, i) => ({ source: line, target: targetLines[i]! }));
      [sourceLines, targetLines] = [sourceLines.slice(length), targetLines.slice(length)];
      numPairs += length;
    }
  } finally {
    await sources.return();
    await targets.return();
  }
  if (sourceLines.length !== targetLines.length) {
    const [longer, shorter] = sourceLines.length > 0 ? ["source", "target"] : ["target", "source"];
    throw new RangeError(
      `alignedLinePairStream: ${shorter} must have as many lines as ${longer}, got ${numPairs} and then its end`,
    );
  }
}
