import { characters, encodeCorpus, lettersOnlyLines, vocabulary, words, type Tokenizer } from "@rnnkit/text";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { CorpusJob, CorpusStep } from "./corpus-job.ts";
import type { Engine } from "./measure.ts";

/** The job by `@rnnkit/text`. */
export function rnnkitTextEngine({ task, path, token }: CorpusJob): Engine<CorpusStep> {
  const tokenizer = token === "word" ? words : characters;
  return {
    name: "rnnkit",
    threads: 1,
    async activate() {},
    step: task === "prepare" ? async () => prepare(path, tokenizer) : lookup(path, tokenizer),
    async dispose() {},
  };
}

function prepare(path: string, tokenizer: Tokenizer): CorpusStep {
  const startMs = performance.now();
  const { ids, vocabulary: vocab } = encodeCorpus(lettersOnlyLines(readFileSync(path, "utf8")), { tokenizer });
  return { ms: performance.now() - startMs, ...found(ids, vocab.size) };
}

/** Looks up tokens fresh from the text, as they are used: a string that was looked up before is looked up faster. */
function lookup(path: string, tokenizer: Tokenizer): () => Promise<CorpusStep> {
  const lines = lettersOnlyLines(readFileSync(path, "utf8"));
  const cut = () => lines.flatMap((line) => tokenizer.encode(line));
  const vocab = vocabulary(cut());
  return async () => {
    const tokens = cut();
    const startMs = performance.now();
    const ids = vocab.encode(tokens);
    return { ms: performance.now() - startMs, ...found(ids, vocab.size) };
  };
}

function found(ids: Int32Array, vocabSize: number): Omit<CorpusStep, "ms"> {
  return { numTokens: ids.length, vocabSize, idsDigest: createHash("sha256").update(ids).digest("hex") };
}
