import {
  beamSearch,
  greedy,
  logSoftmax,
  multinomial,
  scoreSequence,
  standardProcessors,
  tableStepper,
} from "@rnnkit/decoding";
import { normal, xoshiro128 } from "@rnnkit/random";

/** What searches find over a table of normal logits, as JSON: to be the same on every platform. */
export async function exercise(): Promise<string> {
  const vocabSize = 300;
  const random = xoshiro128(1);
  const table = Array.from({ length: vocabSize }, () =>
    Float32Array.from({ length: vocabSize }, () => 3 * normal(random)),
  );
  const stepper = tableStepper(table);
  const options = { prompt: [1], maxLength: 20, endTokens: [0] };
  const drawn = (processors: Parameters<typeof standardProcessors>[0]) =>
    multinomial(stepper, { ...options, generator: xoshiro128(2), processors: standardProcessors(processors) });
  const best = await greedy(stepper, options);
  const found = [
    best,
    ...(await beamSearch(stepper, { ...options, beamWidth: 20, numHypotheses: 5, isRefilled: true })),
    await drawn({}),
    await drawn({ temperature: 0.8, topK: 50, topP: 0.9 }),
    await drawn({ typical: 0.9, eta: 0.0003 }),
  ];
  return JSON.stringify({
    found: found.map(({ tokens, logProbabilities, score }) => ({
      tokens: [...tokens],
      logProbabilities: [...logProbabilities],
      score,
    })),
    score: (await scoreSequence(stepper, { prompt: [1], tokens: best.tokens })).logProbability,
    logSoftmax: [...logSoftmax(table[0]!)],
  });
}
