import { xoshiro128 } from "@rnnkit/random";
import { vocabulary, words } from "@rnnkit/text";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import {
  bundleModelType,
  EncoderDecoder,
  isBundleFile,
  loadModel,
  saveModel,
  type EncoderDecoderConfig,
} from "../../src/index.ts";

const source = { vocabulary: vocabulary(words.encode("go . i lost .")), tokenizer: words };
const target = { vocabulary: vocabulary(words.encode("va ! j'ai perdu .")), tokenizer: words };
const SIZES = { kind: "lstm", embeddingSize: 3, hiddenSize: 4, numLayers: 2 } as const;

const make = (form: Partial<EncoderDecoderConfig> = {}) =>
  new EncoderDecoder(
    {
      ...{ sourceVocabSize: source.vocabulary.size, targetVocabSize: target.vocabulary.size },
      ...SIZES,
      ...form,
    },
    { generator: xoshiro128(3) },
  );

describe("loadModel(encoder-decoder, saveModel(saved))", () => {
  it.each<Partial<EncoderDecoderConfig>>([
    {},
    { attention: { score: "additive" }, dropout: 0.2 },
    { attention: { score: "general", place: "after", hasInputFeeding: true }, isBidirectional: true },
    { kind: "gru", isBidirectional: true, bridge: "sum", readsPadding: true },
  ])("is the same model to the bit, with both vocabularies: %o", async (form) => {
    const model = make(form);
    const files = await saveModel<"encoder-decoder">({ model, vocabularies: { source, target } });
    expect(Object.keys(files).every(isBundleFile)).toBe(true);
    expect(bundleModelType(files)).toBe("encoder-decoder");
    const loaded = loadModel("encoder-decoder", files);
    expect(loaded.model.config).toEqual(model.config);
    expect(loaded.vocabularies.target.vocabulary.size).toBe(target.vocabulary.size);
    expect(Object.keys(loaded.model.parameters)).toEqual(Object.keys(model.parameters));
    for (const [name, variable] of Object.entries(model.parameters)) {
      expect(loaded.model.parameters[name]!.dataSync(), name).toEqual(variable.dataSync());
    }
    loaded.model.dispose();
    model.dispose();
  });

  it("refuses a config that does not fit the weights, and a vocabulary that is missing, and makes no tensor", async () => {
    const model = make();
    const files = await saveModel<"encoder-decoder">({ model, vocabularies: { source, target } });
    model.dispose();
    const numTensors = tf.memory().numTensors;
    const config = JSON.parse(new TextDecoder().decode(files["config.json"])) as { model: object };
    const changed = { ...config, model: { ...config.model, attention: { score: "additive" } } };
    const bytes = new TextEncoder().encode(JSON.stringify(changed));
    expect(() => loadModel("encoder-decoder", { ...files, "config.json": bytes })).toThrow(
      "loadModel: model.safetensors: decoder.attention.query.weight must have shape [4, 4], as config.json says, got none",
    );
    const { "source-vocabulary.json": _, ...rest } = files;
    expect(() => loadModel("encoder-decoder", rest)).toThrow("source-vocabulary.json must hold the model's");
    expect(() => loadModel("language-model", files)).toThrow("model.type must be language-model, got encoder-decoder");
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
