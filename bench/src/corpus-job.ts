import type { Step } from "./measure.ts";

/** What is done with a corpus: all of it from the file to ids, or the look-up of its tokens in its vocabulary alone. */
export type CorpusTask = "prepare" | "lookup";

export interface CorpusJob {
  readonly task: CorpusTask;
  /** Of a text file in UTF-8. */
  readonly path: string;
  readonly token: "word" | "char";
}

/** What an iteration took, and what it found. */
export interface CorpusStep extends Step {
  readonly numTokens: number;
  readonly vocabSize: number;
  /** SHA-256 of the ids, as little-endian 32-bit numbers. */
  readonly idsDigest: string;
}
