import { xoshiro128 } from "@rnnkit/random";
import { expectClose, stepperContract } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LanguageModel, languageModelStepper, type LanguageModelConfig } from "../../src/index.ts";

const CONFIGS: Record<string, LanguageModelConfig> = {
  "one-hot LSTM": { vocabSize: 7, kind: "lstm", hiddenSize: 5 },
  "two layers of GRU over an embedding": { vocabSize: 6, kind: "gru", hiddenSize: 4, numLayers: 2, embeddingSize: 3 },
  "RNN of two tokens": { vocabSize: 2, kind: "rnn-tanh", hiddenSize: 3 },
};

describe.each(["cpu", "wasm"])("on the %s backend", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend("cpu");
  });

  describe.each(Object.entries(CONFIGS))("languageModelStepper(%s)", (_, config) => {
    let model: LanguageModel | undefined;
    afterEach(() => {
      model?.dispose();
      model = undefined;
    });
    const make = () => {
      model = new LanguageModel(config, { generator: xoshiro128(2) });
      return languageModelStepper(model);
    };

    stepperContract("it", make);

    it("steps to the logits of the whole sequence at once", async () => {
      const stepper = make();
      const ids = Int32Array.from({ length: 5 }, (_unused, i) => (i * 3) % config.vocabSize);
      let state = stepper.start(1);
      let last = new Float32Array();
      for (const id of ids) {
        const { logits, state: next } = await stepper.step(Int32Array.of(id), state);
        stepper.dispose(state);
        state = next;
        last = Float32Array.from(logits);
      }
      stepper.dispose(state);
      tf.tidy(() => {
        const { logits } = model!.logits(tf.tensor2d(ids, [1, 5], "int32"), model!.zeroState(1));
        expectClose(last, logits.dataSync().slice(-config.vocabSize));
      });
    });

    it("says when its model is gone", async () => {
      const stepper = make();
      const state = stepper.start(1);
      model!.dispose();
      await expect(async () => stepper.step(Int32Array.of(0), state)).rejects.toThrow("disposed");
      stepper.dispose(state);
    });
  });
});
