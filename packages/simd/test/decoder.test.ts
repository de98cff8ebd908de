import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDecoder, createSimd, type Simd } from "../src/index.ts";
import { floats, reals, scoped, splitting, unwritten } from "./arrays.ts";

const NUM_GATES = { "rnn-tanh": 1, "rnn-relu": 1, gru: 3, lstm: 4 } as const;
const VOCAB = 21;
const HIDDEN = 37;

interface Case {
  readonly kind: keyof typeof NUM_GATES;
  readonly batchSize: number;
  readonly embeddingSize?: number;
}

/** The logits of three steps through two layers, and the last state. */
function decode(simd: Simd, { kind, batchSize, embeddingSize }: Case): number[][] {
  return scoped(simd, (scope) => {
    const rows = NUM_GATES[kind] * HIDDEN;
    const layers = [embeddingSize ?? VOCAB, HIDDEN].map((inputSize, layer) => ({
      inputWeight: floats(scope, reals(rows * inputSize, layer)),
      recurrentWeight: floats(scope, reals(rows * HIDDEN, layer + 2)),
      inputBias: floats(scope, reals(rows, layer + 4)),
      recurrentBias: floats(scope, reals(rows, layer + 6)),
    }));
    const decoder = createDecoder(scope, {
      kind,
      vocabSize: VOCAB,
      hiddenSize: HIDDEN,
      layers,
      ...(embeddingSize && {
        embedding: { table: floats(scope, reals(VOCAB * embeddingSize, 8)), width: embeddingSize },
      }),
      output: { weight: floats(scope, reals(VOCAB * HIDDEN, 9)), bias: floats(scope, reals(VOCAB, 10)) },
    });
    const length = 2 * (kind === "lstm" ? 2 : 1) * Math.ceil(HIDDEN / 8) * 8 * batchSize;
    let state = floats(scope, new Float32Array(length));
    const results: number[][] = [];
    for (let step = 0; step < 3; step++) {
      const nextState = unwritten(scope, length);
      const tokens = Int32Array.from({ length: batchSize }, (_, row) => (7 * step + 4 * row + 1) % VOCAB);
      results.push([...decoder.step({ tokens, state, nextState })]);
      state = nextState;
    }
    results.push([...scope.floats(state)]);
    decoder.dispose();
    return results;
  });
}

describe("createDecoder", () => {
  let simd: Simd;
  beforeAll(async () => {
    simd = await createSimd({ numThreads: 2 });
  });
  afterAll(() => {
    simd.dispose();
  });

  const cases = (["rnn-tanh", "rnn-relu", "gru", "lstm"] as const).flatMap((kind): Case[] => [
    { kind, batchSize: 1 },
    { kind, batchSize: 1, embeddingSize: 13 },
    { kind, batchSize: 5, embeddingSize: 13 },
    { kind, batchSize: 6 },
  ]);
  it.each(cases)("step(tokens) gives the same however many threads share a layer: $kind, $batchSize rows", (each) => {
    const expected = decode(splitting(simd, 1), each);
    expect(expected.flat().every(Number.isFinite)).toBe(true);
    for (const numTasks of [2, 3, 4]) expect(decode(splitting(simd, numTasks), each)).toEqual(expected);
  });
});
