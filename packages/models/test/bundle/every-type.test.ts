import { xoshiro128 } from "@rnnkit/random";
import { characters, vocabularyFromList } from "@rnnkit/text";
import { golden } from "@rnnkit/testing";
import { expect, it } from "vitest";
import { bundleModelType, isBundleFile, loadModel, saveModel, type SavedModel } from "../../src/index.ts";
import { MODEL_TYPES } from "../../src/bundle/model-types.ts";
import { makeModel, type GoldenCase } from "../make-model.ts";

const { cases } = golden<GoldenCase[]>(new URL("../model-golden.test.ts", import.meta.url).href, "models");

it.each(cases)("loadModel(type, saveModel(saved)) is the same model to the bit: $name", async (testCase) => {
  const { type } = testCase;
  const { model } = makeModel(testCase, xoshiro128(3));
  const needed: Record<string, number> = MODEL_TYPES[type].vocabularies(model.config as never);
  const vocabularies = Object.fromEntries(
    Object.entries(needed).map(([name, size]) => {
      const tokens = Array.from({ length: size }, (_, i) => `token ${i}`);
      return [name, { vocabulary: vocabularyFromList(tokens, { unknown: null }), tokenizer: characters }];
    }),
  );
  const files = await saveModel({ model, vocabularies } as unknown as SavedModel);
  expect(Object.keys(files).every(isBundleFile)).toBe(true);
  expect(bundleModelType(files)).toBe(type);
  const loaded = loadModel(type, files);
  expect(loaded.model.config).toEqual(model.config);
  for (const [name, variable] of Object.entries(model.parameters)) {
    expect(loaded.model.parameters[name]!.dataSync()).toEqual(variable.dataSync());
  }
  expect(await saveModel(loaded)).toEqual(files);
  const other = type === "tagger" ? "language-model" : "tagger";
  expect(() => loadModel(other, files)).toThrow(`loadModel: config.json: model.type must be ${other}, got ${type}`);
  loaded.model.dispose();
  model.dispose();
});
