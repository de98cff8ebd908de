import { tokenFrequencies, trainBpe, words } from "@rnnkit/text";
import { corpusText } from "../corpus-text.ts";
import type { Benchmark, BenchmarkOptions, BenchmarkResults } from "../benchmark.ts";
import type { BpeJob, BpeStep } from "../bpe-job.ts";
import { huggingFaceEngine } from "../hugging-face-engine.ts";
import { measure, type Engine, type Measured } from "../measure.ts";
import { rnnkitBpeEngine } from "../rnnkit-bpe-engine.ts";
import { leftOut } from "../left-out.ts";

const NUM_MERGES = 1000;

export const bpeTraining: Benchmark = (options) => bytePairs("train", options);
export const bpeEncoding: Benchmark = (options) => bytePairs("encode", options);

async function bytePairs(task: BpeJob["task"], { isSmoke, python, note }: BenchmarkOptions): Promise<BenchmarkResults> {
  const corpus = corpusText("wikitext-2");
  const all = corpus.text.split("\n");
  const lines = isSmoke ? all.slice(0, 50) : all;
  const text = lines.join("\n");
  const numMerges = isSmoke ? 50 : NUM_MERGES;
  const merges = task === "encode" ? trainBpe(tokenFrequencies(words.encode(text)), { numMerges }) : [];
  const job: BpeJob = { task, lines, numMerges, merges };
  const engines: Engine<BpeStep>[] = [rnnkitBpeEngine(job)];
  for (const threads of [1, 2]) {
    const huggingFace = await huggingFaceEngine(job, { python, threads });
    if (huggingFace) engines.push(huggingFace);
  }
  if (engines.length === 1) {
    note(leftOut("HF tokenizers", python, { missing: "no tokenizers" }));
  }
  try {
    const measured = await measure(engines, isSmoke ? { rounds: 1, turnMs: 0 } : { rounds: 5, turnMs: 1000 });
    checkBytePairs(job, measured);
    const megabytes = (Buffer.byteLength(text) / 1e6).toFixed(1);
    const numTokens = words.encode(text).length;
    const title = task === "train" ? `learning ${numMerges} merges from` : `encoding, with ${numMerges} merges,`;
    return {
      job: `${title} ${corpus.origin}, ${megabytes} MB (${numTokens} words)`,
      numTokens,
      baseline: engines[1]?.name ?? "rnnkit",
      results: measured.map(({ engine: { name, threads }, msMedian }) => ({ engine: name, threads, msMedian })),
    };
  } finally {
    for (const engine of engines) await engine.dispose();
  }
}

/**
 * Throws unless all engines cut the lines into as many subwords. Where pairs are equally frequent each has an order of its own,
 * so of the merges that they learnt nine in ten must be the same.
 */
export function checkBytePairs({ task }: BpeJob, measured: readonly Measured<BpeStep>[]): void {
  const [first, ...others] = measured.map(({ engine, steps }) => ({ name: engine.name, ...steps[0]! }));
  for (const { name, merges, numTokens } of others) {
    if (task === "encode" && numTokens !== first!.numTokens) {
      throw new Error(`the subwords must be as many, ${first!.name} got ${first!.numTokens}, ${name} got ${numTokens}`);
    }
    const known = new Set(first!.merges.map((merge) => merge.join(" ")));
    const numShared = merges.filter((merge) => known.has(merge.join(" "))).length;
    if (merges.length !== first!.merges.length || numShared < 0.9 * merges.length) {
      throw new Error(`the merges must be alike, ${first!.name} and ${name} share ${numShared} of ${merges.length}`);
    }
  }
}
