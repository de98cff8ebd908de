import type { Stepper } from "../src/index.ts";

/** The logits after a whole history of tokens, prompt included. */
export type LogitsAfter = (history: readonly number[]) => ArrayLike<number>;

/** A stepper that remembers everything it has read, so that mixed-up rows show. Its steps are promises. */
export function historyStepper(vocabSize: number, logitsAfter: LogitsAfter): Stepper<readonly number[][]> {
  return {
    vocabSize,
    start(batchSize) {
      if (!Number.isInteger(batchSize) || batchSize < 1) throw new RangeError(`start: got ${batchSize}`);
      return Array.from({ length: batchSize }, () => []);
    },
    async step(tokens, state) {
      if (tokens.length !== state.length || tokens.some((token) => token < 0 || token >= vocabSize)) {
        throw new RangeError(`step: got ${tokens.join()}`);
      }
      const next = state.map((history, row) => [...history, tokens[row]!]);
      return { logits: Float32Array.from(next.flatMap((history) => Array.from(logitsAfter(history)))), state: next };
    },
    select(state, rows) {
      if (rows.length === 0 || rows.some((row) => state[row] === undefined))
        throw new RangeError(`select: got ${rows.join()}`);
      return Array.from(rows, (row) => state[row]!);
    },
    dispose() {},
  };
}

/** Logits from -3 to 3 in eighths (so that equal sums are rare, and exact where they occur) that depend on all history. */
export function scrambledLogits(vocabSize: number, seed: number): LogitsAfter {
  return (history) => {
    let hash = seed;
    for (const token of history) hash = Math.imul(hash ^ (token + 1), 0x9e3779b1) ^ (hash >>> 15);
    return Array.from({ length: vocabSize }, (_, token) => {
      const mixed = Math.imul(hash ^ Math.imul(token + 1, 0x85ebca6b), 0xc2b2ae35);
      return ((mixed >>> 16) % 49) / 8 - 3;
    });
  };
}
