import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import type { CorpusJob, CorpusStep } from "../corpus-job.ts";
import { corpusText, smallText, type CorpusName } from "../corpus-text.ts";
import { D2L_VERSION, d2lEngine } from "../d2l-engine.ts";
import { measure, type Engine, type Measured } from "../measure.ts";
import { rnnkitTextEngine } from "../rnnkit-text-engine.ts";
import { leftOut } from "../left-out.ts";

type Task = Pick<CorpusJob, "task" | "token"> & { readonly corpus: CorpusName };

export const prepareTimeMachineWords: Benchmark = (options) =>
  onCorpus({ task: "prepare", corpus: "time-machine", token: "word" }, options);
export const prepareTimeMachineCharacters: Benchmark = (options) =>
  onCorpus({ task: "prepare", corpus: "time-machine", token: "char" }, options);
export const prepareWikiTextWords: Benchmark = (options) =>
  onCorpus({ task: "prepare", corpus: "wikitext-2", token: "word" }, options);
export const prepareWikiTextCharacters: Benchmark = (options) =>
  onCorpus({ task: "prepare", corpus: "wikitext-2", token: "char" }, options);
export const vocabularyLookup: Benchmark = (options) =>
  onCorpus({ task: "lookup", corpus: "wikitext-2", token: "word" }, options);

async function onCorpus(
  { task, corpus, token }: Task,
  { isSmoke, python, note }: BenchmarkOptions,
): Promise<BenchmarkResults> {
  const { origin, text } = isSmoke ? smallText() : corpusText(corpus);
  const folder = mkdtempSync(join(tmpdir(), "rnnkit-bench-"));
  const engines: Engine<CorpusStep>[] = [];
  try {
    const job: CorpusJob = { task, path: join(folder, "corpus.txt"), token };
    writeFileSync(job.path, text);
    engines.push(rnnkitTextEngine(job));
    const d2l = await d2lEngine(job, python);
    if (d2l) engines.push(d2l);
    else {
      note(
        leftOut("d2l", python, { missing: `no version ${D2L_VERSION}`, source: " and d2l as bench/README.md says," }),
      );
    }
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkIds(measured);
    const { numTokens, vocabSize } = measured[0]!.steps[0]!;
    const what = task === "prepare" ? "read, clean, tokenize, count and encode" : "look up in the vocabulary";
    return {
      job: `${what}, ${origin}, ${numTokens} ${token === "word" ? "words" : "characters"}, ${vocabSize} in the vocabulary`,
      numTokens,
      baseline: d2l?.name ?? "rnnkit",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
    rmSync(folder, { recursive: true });
  }
}

/** Throws unless all engines found the same ids. */
export function checkIds(measured: readonly Measured<CorpusStep>[]): void {
  const [first, ...others] = measured.map(({ engine, steps }) => ({ name: engine.name, ...steps[0]! }));
  for (const { name, numTokens, vocabSize, idsDigest } of others) {
    if (numTokens === first!.numTokens && vocabSize === first!.vocabSize && idsDigest === first!.idsDigest) continue;
    throw new Error(
      `the ids must be the same, ${first!.name} got ${first!.numTokens} of ${first!.vocabSize} tokens, ${name} ${numTokens} of ${vocabSize}, or others`,
    );
  }
}
