import { beamSearch, powerLengthPenalty, type Stepper } from "@rnnkit/decoding";
import type { BeamSearchJob, BeamSearchStep } from "./beam-search-job.ts";
import type { Engine } from "./measure.ts";

/** `beamSearch` of `@rnnkit/decoding`, by the rules of Hugging Face. */
export function rnnkitBeamSearchEngine(job: BeamSearchJob): Engine<BeamSearchStep> {
  const { vocabSize, numRows, table, beamWidth, maxLength, prompt, endToken } = job;
  let modelMs = 0;
  const stepper: Stepper<number> = {
    vocabSize,
    start: (batchSize) => batchSize,
    step(tokens) {
      const startMs = performance.now();
      const logits = new Float32Array(tokens.length * vocabSize);
      tokens.forEach((token, row) => {
        const start = (token % numRows) * vocabSize;
        logits.set(table.subarray(start, start + vocabSize), row * vocabSize);
      });
      modelMs += performance.now() - startMs;
      return { logits, state: tokens.length };
    },
    select: (_, rows) => rows.length,
    dispose() {},
  };
  return {
    name: "rnnkit",
    threads: 1,
    async activate() {},
    async step() {
      modelMs = 0;
      const startMs = performance.now();
      const [{ tokens, score }] = await beamSearch(stepper, {
        prompt,
        maxLength,
        endTokens: [endToken],
        beamWidth,
        lengthPenalty: powerLengthPenalty(1),
        isRefilled: true,
      });
      return { ms: performance.now() - startMs - modelMs, tokens: [...tokens], score };
    },
    async dispose() {},
  };
}
