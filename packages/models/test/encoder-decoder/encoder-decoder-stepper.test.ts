import { beamSearch, greedy, greedyBatch, scoreSequence } from "@rnnkit/decoding";
import { xoshiro128 } from "@rnnkit/random";
import { expectClose, stepperContract } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it } from "vitest";
import { EncoderDecoder, encoderDecoderStepper, type EncoderDecoderConfig, type SourceBatch } from "../../src/index.ts";

const SIZES = { sourceVocabSize: 7, targetVocabSize: 6, kind: "gru", embeddingSize: 3, hiddenSize: 4 } as const;
const CONFIGS: Record<string, EncoderDecoderConfig> = {
  "no attention": { ...SIZES, kind: "lstm", numLayers: 2 },
  "attention before a step": { ...SIZES, numLayers: 2, attention: { score: "additive" }, dropout: 0.5 },
  "input feeding": {
    ...SIZES,
    isBidirectional: true,
    attention: { score: "general", place: "after", hasInputFeeding: true },
  },
};
const ONE: SourceBatch = {
  sources: Int32Array.of(3, 1, 4, 0),
  sourceShape: [1, 4],
  sourceLengths: Int32Array.of(3),
};
const THREE: SourceBatch = {
  sources: Int32Array.of(3, 1, 4, 0, 5, 0, 0, 0, 6, 2, 2, 1),
  sourceShape: [3, 4],
  sourceLengths: Int32Array.of(3, 1, 4),
};

describe.each(Object.entries(CONFIGS))("encoderDecoderStepper(model, sources): %s", (_, config) => {
  let model: EncoderDecoder | undefined;
  afterEach(() => {
    model?.dispose();
    model = undefined;
  });
  const make = (batch: SourceBatch) => {
    model = new EncoderDecoder(config, { generator: xoshiro128(2) });
    tf.tidy(() => {
      for (const variable of Object.values(model!.parameters)) variable.assign(tf.mul(variable, 3)); // far from uniform
    });
    return encoderDecoderStepper(model, batch);
  };

  stepperContract("encoderDecoderStepper", () => make(ONE));

  it("beamSearch(stepper, {beamWidth: 1}) equals greedy", async () => {
    const stepper = make(ONE);
    const options = { prompt: [2], maxLength: 8, endTokens: [3] };
    const expected = await greedy(stepper, options);
    const [best] = await beamSearch(stepper, { ...options, beamWidth: 1 });
    expect(best!.tokens).toEqual(expected.tokens);
    expectClose([best!.logProbability], [expected.logProbability]);
  });

  it("greedyBatch translates each source as it does alone", async () => {
    const stepper = make(THREE);
    const together = await greedyBatch(stepper, { prompts: [[2], [2], [2]], maxLength: 6, endTokens: [3] });
    for (const row of [0, 1, 2]) {
      const alone: SourceBatch = {
        sources: THREE.sources.slice(4 * row, 4 * row + 4),
        sourceShape: [1, 4],
        sourceLengths: THREE.sourceLengths.slice(row, row + 1),
      };
      const single = await greedy(encoderDecoderStepper(model!, alone), { prompt: [2], maxLength: 6, endTokens: [3] });
      expect(together[row]!.tokens).toEqual(single.tokens);
      expectClose([together[row]!.logProbability], [single.logProbability]);
    }
  });

  it("step gives the logits and the attention that model.score gives the same tokens", async () => {
    const stepper = make(THREE);
    const columns = [Int32Array.of(2, 2, 2), Int32Array.of(0, 5, 1)];
    const inputs = Int32Array.of(2, 0, 2, 5, 2, 1);
    const { logits, attention } = model!.score({ ...THREE, inputs, shape: [3, 2] });
    let state = stepper.start(3);
    for (const [t, tokens] of columns.entries()) {
      const result = await stepper.step(tokens, state);
      stepper.dispose(state);
      state = result.state;
      const rowsOf = (values: ArrayLike<number>, width: number) =>
        [0, 1, 2].flatMap((row) => Array.from(values).slice((2 * row + t) * width, (2 * row + t + 1) * width));
      expectClose(result.logits, rowsOf(logits.dataSync(), 6));
      const isHidden = result.attention && Array.from(result.attention, Number.isNaN);
      const isPadding = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((s) => s >= THREE.sourceLengths[row]!));
      expect(isHidden).toEqual(config.attention && isPadding);
      const known = Array.from(result.attention ?? [], (weight) => (Number.isNaN(weight) ? 0 : weight));
      expectClose(known, attention ? rowsOf(attention.dataSync(), 4) : []);
    }
    stepper.dispose(state);
    tf.dispose(attention ? [logits, attention] : [logits]);
  });

  it("select shares what the decoder knows of a source where rows keep their source", async () => {
    const stepper = make(ONE);
    const state = stepper.start(2);
    const swapped = stepper.select(state, Int32Array.of(1, 0));
    const dataIds = (memory: object) => Object.values(memory).map((tensor) => (tensor as tf.Tensor).dataId);
    expect(dataIds(swapped.memory)).toEqual(dataIds(state.memory));
    stepper.dispose(swapped);
    stepper.dispose(state);
  });

  it("start refuses a number of rows that is not that of the sources", () => {
    const stepper = make(THREE);
    expect(() => stepper.start(2)).toThrow("encoderDecoderStepper: batchSize must be 3, one a source, got 2");
  });

  it("scoreSequence finds the log-probability that the search found", async () => {
    const stepper = make(ONE);
    const found = await greedy(stepper, { prompt: [2], maxLength: 5 });
    const scored = await scoreSequence(stepper, { prompt: [2], tokens: found.tokens });
    expectClose([scored.logProbability], [found.logProbability]);
  });
});
