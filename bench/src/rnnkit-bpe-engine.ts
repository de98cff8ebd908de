import { bpe, tokenFrequencies, trainBpe, words } from "@rnnkit/text";
import type { BpeJob, BpeStep } from "./bpe-job.ts";
import type { Engine } from "./measure.ts";

/** The job by `@rnnkit/text`: counting the words is part of the training, filling the cache part of the encoding. */
export function rnnkitBpeEngine({ task, lines, numMerges, merges }: BpeJob): Engine<BpeStep> {
  const text = lines.join("\n");
  const run = {
    train: () => ({ merges: trainBpe(tokenFrequencies(words.encode(text)), { numMerges }), numTokens: 0 }),
    encode: () => ({ merges: [], numTokens: bpe(merges).encode(text).length }),
  }[task];
  return {
    name: "rnnkit",
    threads: 1,
    async activate() {},
    async step() {
      const startMs = performance.now();
      const found = run();
      return { ms: performance.now() - startMs, ...found };
    },
    async dispose() {},
  };
}
