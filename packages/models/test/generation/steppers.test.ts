import { xoshiro128 } from "@rnnkit/random";
import { expectClose, stepperContract } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it } from "vitest";
import { prefixStepper, SequenceGenerator, sequenceGeneratorStepper, Tagger, type Model } from "../../src/index.ts";

let models: Model[] = [];
afterEach(() => {
  for (const model of models) model.dispose();
  models = [];
});
const owned = <M extends Model>(model: M): M => {
  models.push(model);
  return model;
};

const SIZES = { vocabSize: 6, vectorSize: 2, hiddenSize: 4 };
const CONFIGS = {
  "both, LSTM with a projection": { ...SIZES, kind: "lstm", projectionSize: 3, numLayers: 2 },
  "initial state, GRU": { ...SIZES, kind: "gru", conditioning: "initial-state", embeddingSize: 3 },
  "each step, RNN": { ...SIZES, kind: "rnn-tanh", conditioning: "each-step" },
} as const;

describe.each(Object.entries(CONFIGS))("sequenceGeneratorStepper(model, vector), %s", (_, config) => {
  const vector = [0.5, -1];
  const make = () => owned(new SequenceGenerator(config, { generator: xoshiro128(4) }));
  stepperContract("it", () => sequenceGeneratorStepper(make(), vector));

  it("steps to the logits of the whole sequence at once, which the vector decides", async () => {
    const model = make();
    const ids = [1, 5, 2];
    const stepped = async (values: number[]) => {
      const stepper = sequenceGeneratorStepper(model, values);
      let state = stepper.start(1);
      let last = new Float32Array();
      for (const id of ids) {
        const { logits, state: next } = await stepper.step(Int32Array.of(id), state);
        stepper.dispose(state);
        state = next;
        last = Float32Array.from(logits);
      }
      stepper.dispose(state);
      return last;
    };
    const actual = await stepped(vector);
    const all = tf.tidy(() =>
      model.logits(tf.tensor2d([ids], undefined, "int32"), { vectors: tf.tensor2d([vector]) }).logits.dataSync(),
    );
    expectClose(actual, all.slice(-6));
    expect(await stepped([-0.5, 1])).not.toEqual(actual);
  });

  it("refuses a vector of another width", () => {
    expect(() => sequenceGeneratorStepper(make(), [1])).toThrow(
      "sequenceGeneratorStepper: vector must hold 2 values, [2], got 1",
    );
  });
});

describe("prefixStepper({ vocabSize, logits }) of a tagger in both directions", () => {
  stepperContract("it", () => {
    const config = { vocabSize: 6, numTags: 6, kind: "gru", hiddenSize: 3 } as const;
    const tagger = owned(new Tagger(config, { generator: xoshiro128(5) }));
    return prefixStepper({ vocabSize: 6, logits: (ids) => tagger.logits(ids) });
  });
});
