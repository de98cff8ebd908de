import { decodeSafetensors, encodeSafetensors } from "@rnnkit/interop";
import { xoshiro128 } from "@rnnkit/random";
import { bpe, characters, vocabulary, words, type Tokenizer } from "@rnnkit/text";
import { describe, expect, it } from "vitest";
import {
  bundleModelType,
  isBundleFile,
  LanguageModel,
  loadModel,
  saveModel,
  type Bundle,
  type LanguageModelConfig,
} from "../../src/index.ts";

const TEXT = "the time traveller was expounding";

async function bundle(config: Partial<LanguageModelConfig> = {}, tokenizer: Tokenizer = characters): Promise<Bundle> {
  const vocab = vocabulary(tokenizer.encode(TEXT));
  const complete: LanguageModelConfig = { vocabSize: vocab.size, kind: "lstm", hiddenSize: 4, ...config };
  const model = new LanguageModel(complete, { generator: xoshiro128(3) });
  const files = await saveModel({ model, vocabularies: { tokens: { vocabulary: vocab, tokenizer } } });
  model.dispose();
  return files;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe("loadModel(type, saveModel(saved))", () => {
  it.each([
    [{}, characters],
    [{ kind: "gru", numLayers: 2, embeddingSize: 3 }, words],
    [{ kind: "rnn-relu" }, characters],
  ] as [Partial<LanguageModelConfig>, Tokenizer][])("is the same model to the bit: %o", async (config, tokenizer) => {
    const files = await bundle(config, tokenizer);
    expect(Object.keys(files)).toEqual(["config.json", "model.safetensors", "vocabulary.json"]);
    expect(Object.keys(files).every(isBundleFile)).toBe(true);
    expect(bundleModelType(files)).toBe("language-model");
    const loaded = loadModel("language-model", files);
    expect(loaded.model.config).toMatchObject(config);
    expect(loaded.vocabularies.tokens.tokenizer).toBe(tokenizer);
    expect(loaded.vocabularies.tokens.vocabulary.tokens).toEqual(vocabulary(tokenizer.encode(TEXT)).tokens);
    const original = new LanguageModel(loaded.model.config, { generator: xoshiro128(3) });
    for (const [name, variable] of Object.entries(original.parameters)) {
      expect([...loaded.model.parameters[name]!.dataSync()]).toEqual([...variable.dataSync()]);
    }
    const again = await saveModel(loaded);
    expect(again).toEqual(files);
    original.dispose();
    loaded.model.dispose();
  });
});

it("loadModel(type, bundle) rebuilds a tokenizer that has settings", async () => {
  const tokenizer = bpe([
    ["t", "h"],
    ["th", "e</w>"],
  ]);
  const loaded = loadModel("language-model", await bundle({}, tokenizer));
  expect(loaded.vocabularies.tokens.tokenizer.toJSON()).toEqual(tokenizer.toJSON());
  expect(loaded.vocabularies.tokens.tokenizer.encode(TEXT)).toEqual(tokenizer.encode(TEXT));
  loaded.model.dispose();
});

it("loadModel(type, bundle, { tokenizers }) finds a tokenizer of one's own", async () => {
  const mine = { ...words, name: "mine", toJSON: () => ({ name: "mine" }) };
  const files = await bundle({}, mine);
  const loaded = loadModel("language-model", files, { tokenizers: [mine] });
  expect(loaded.vocabularies.tokens.tokenizer).toBe(mine);
  loaded.model.dispose();
  expect(() => loadModel("language-model", files)).toThrow(/^loadModel: vocabulary.json: .*got mine$/);
});

it("saveModel(saved) refuses a vocabulary of another size", async () => {
  const model = new LanguageModel({ vocabSize: 3, kind: "gru", hiddenSize: 2 }, { generator: xoshiro128(3) });
  const saved = { model, vocabularies: { tokens: { vocabulary: vocabulary(["a"]), tokenizer: characters } } };
  await expect(saveModel(saved)).rejects.toThrow("saveModel: vocabulary.json must hold the model's 3 tokens, got 2");
  model.dispose();
});

describe("loadModel(type, bundle) refuses", () => {
  const config = (change: object) => async (files: Bundle) => {
    const parsed = JSON.parse(text(files["config.json"]!)) as { model: object };
    return { ...files, "config.json": json({ ...parsed, ...change }) };
  };
  const model = (change: object) => async (files: Bundle) => {
    const parsed = JSON.parse(text(files["config.json"]!)) as { model: object };
    return { ...files, "config.json": json({ ...parsed, model: { ...parsed.model, ...change } }) };
  };
  const tensors = (change: (all: Map<string, never>) => void) => async (files: Bundle) => {
    const all = new Map(decodeSafetensors(files["model.safetensors"]!).tensors);
    change(all as Map<string, never>);
    return { ...files, "model.safetensors": encodeSafetensors(all) };
  };

  it.each<[string, (files: Bundle) => Promise<Partial<Bundle>>, string]>([
    [
      "a missing file",
      async (files) => ({ ...files, "vocabulary.json": undefined as never }),
      "vocabulary.json must hold the model's 20 tokens, got no such vocabulary",
    ],
    [
      "JSON that is cut off",
      async (files) => ({ ...files, "config.json": files["config.json"]!.slice(0, -9) }),
      "config.json: ",
    ],
    [
      "JSON that is not UTF-8",
      async (files) => ({ ...files, "config.json": Uint8Array.of(0x22, 0xff, 0x22) }),
      "config.json: ",
    ],
    [
      "JSON that is no object",
      async (files) => ({ ...files, "config.json": json(null) }),
      "config.json: format must be rnnkit-model, got undefined",
    ],
    ["another format", config({ format: "other" }), "config.json: format must be rnnkit-model, got other"],
    ["another version", config({ version: 2 }), "config.json: version must be 1, got 2"],
    ["another type", model({ type: "parser" }), "config.json: model.type must be one of language-model"],
    ["no type", model({ type: undefined }), "config.json: model.type must be one of language-model"],
    [
      "a tensor too many",
      tensors((all) => all.set("extra", all.get("output.bias")!)),
      "model.safetensors: it must hold the parameters of the model in config.json and no others, got extra",
    ],
    ["no model", config({ model: 5 }), "config.json: model must be an object, got 5"],
    ["an unknown kind", model({ kind: "transformer" }), "config.json: model: kind must be one of"],
    [
      "a size that is no number",
      model({ hiddenSize: "4" }),
      "config.json: model: hiddenSize must be a positive integer, got 4",
    ],
    [
      "a size that would fill the memory",
      model({ hiddenSize: 1e9 }),
      "model.safetensors: rnn.weight_ih_l0 must have shape [4000000000, ",
    ],
    [
      "layers that would fill the memory",
      model({ numLayers: 1e9 }),
      "model.safetensors: rnn.weight_ih_l1 must have shape [16, 4], as config.json says, got none",
    ],
    ["another kind of weights", model({ kind: "gru" }), "model.safetensors: rnn.weight_ih_l0 must have shape [12, "],
    ["another vocabulary", model({ vocabSize: 5 }), "vocabulary.json must hold the model's 5 tokens, got"],
    [
      "a damaged vocabulary",
      async (files) => ({ ...files, "vocabulary.json": json({ version: 1 }) }),
      "vocabulary.json: vocabularyFromJSON: ",
    ],
    [
      "weights that are cut off",
      async (files) => ({ ...files, "model.safetensors": files["model.safetensors"]!.slice(0, -1) }),
      "model.safetensors: decodeSafetensors: ",
    ],
    ["a missing tensor", tensors((all) => all.delete("output.bias")), "model.safetensors: output.bias must have"],
    [
      "a tensor of another name",
      tensors((all) => {
        all.set("bias", all.get("output.bias")!);
        all.delete("output.bias");
      }),
      "model.safetensors: output.bias must have shape",
    ],
    [
      "weights that are not finite",
      tensors((all) => ((all.get("output.bias") as unknown as { data: Float32Array }).data[1] = NaN)),
      "model.safetensors: output.bias must hold finite numbers",
    ],
    [
      "integers for weights",
      tensors((all) => all.set("output.bias", { dtype: "I8", shape: [16], data: new Int8Array(16) } as never)),
      "model.safetensors: ",
    ],
  ])("%s, names the file and leaves nothing behind", async (_, damage, message) => {
    const damaged = await damage(await bundle());
    expect(() => loadModel("language-model", damaged as Bundle)).toThrow(`loadModel: ${message}`);
  });
});
