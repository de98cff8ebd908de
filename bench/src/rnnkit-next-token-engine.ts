import {
  greedyChoice,
  multinomialChoice,
  standardProcessors,
  type StandardProcessorOptions,
  type Stepper,
  streamTokens,
} from "@rnnkit/decoding";
import { xoshiro128 } from "@rnnkit/random";
import type { Engine } from "./measure.ts";
import type { NextTokenJob, NextTokenMethod, NextTokenStep } from "./next-token-job.ts";

const OPTIONS: Readonly<Record<NextTokenMethod, StandardProcessorOptions>> = {
  greedy: {},
  scored: {},
  multinomial: {},
  "top-k": { topK: 50 },
  "top-p": { topP: 0.9 },
  "min-p": { minP: 0.05 },
  typical: { typical: 0.9 },
  epsilon: { epsilon: 0.0003 },
  eta: { eta: 0.0003 },
  "top-h": { topH: 0.4 },
  chain: { temperature: 0.8, topK: 50, topP: 0.9 },
};

/** The job by `streamTokens`, over a stepper that has its logits ready. */
export function rnnkitNextTokenEngine({ method, numTokens, rows }: NextTokenJob): Engine<NextTokenStep> {
  const isScored = method === "scored";
  const isGreedy = method === "greedy" || isScored;
  const choose = isGreedy ? greedyChoice : multinomialChoice({ generator: xoshiro128(1) });
  const processors = standardProcessors(OPTIONS[method]);
  const stepper = readyStepper(rows.map((row) => Float32Array.from(row)));
  const options = { prompt: [0], maxLength: numTokens, choose, processors };
  return {
    name: "rnnkit",
    threads: 1,
    async activate() {},
    async step() {
      const startMs = performance.now();
      let sum = 0;
      for await (const streamed of streamTokens(stepper, options)) {
        sum += isScored ? streamed.logProbability : streamed.token;
      }
      const ms = performance.now() - startMs;
      if (!Number.isFinite(sum)) throw new Error(`the tokens must have finite log-probabilities, got ${sum}`);
      return { ms, numPossible: await possible(stepper, { ...options, maxLength: rows.length }) };
    },
    async dispose() {},
  };
}

/** How many tokens each row leaves to the choice. */
async function possible(stepper: Stepper<number>, options: Parameters<typeof streamTokens>[1]): Promise<number[]> {
  const counts: number[] = [];
  const choose = (scores: Float32Array) => {
    counts.push(scores.filter(Number.isFinite).length);
    return 0;
  };
  for await (const _ of streamTokens(stepper, { ...options, choose }));
  return counts;
}

/** Steps through rows in turns, whatever it reads; its state is the place of the next one. */
function readyStepper(rows: readonly Float32Array[]): Stepper<number> {
  return {
    vocabSize: rows[0]!.length,
    start: () => 0,
    step: (_, place) => ({ logits: rows[place]!, state: (place + 1) % rows.length }),
    select: (place) => place,
    dispose() {},
  };
}
