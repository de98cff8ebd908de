import { readFileSync } from "node:fs";
import {
  decodeSafetensors,
  encodeSafetensors,
  LanguageModel,
  toFloat32,
  xoshiro128,
  type RecurrentKind,
  type SafetensorsTensor,
} from "../src/index.ts";
import { expectClose, type Golden } from "@rnnkit/testing";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";

interface Case {
  readonly name: string;
  readonly task: string;
  readonly kind: RecurrentKind;
  readonly hasEmbedding: boolean;
  readonly file: string;
  readonly ids: number[][];
  readonly initialState?: Readonly<Record<string, { readonly shape: number[]; readonly values: number[] }>>;
  readonly logits: { readonly values: number[] };
}

const path = new URL("../../interop/test/golden/state-dicts.json", import.meta.url);
const { source, cases } = JSON.parse(readFileSync(path, "utf8")) as Golden<readonly Case[]>;
const models = cases.filter(({ task, name }) => task === "language-model" && !/proj_size|bias/.test(name));

describe(`models of ${source}`, () => {
  it.each(models)("go into a LanguageModel, compute the same, and come back to the bit: $name", async (model) => {
    const file = new Uint8Array(Buffer.from(model.file, "base64"));
    const { tensors, metadata } = decodeSafetensors(file);
    const [vocabSize] = tensors.get("output.weight")!.shape as [number];
    const hiddenSize = tensors.get("rnn.weight_hh_l0")!.shape[1]!;
    const embedding = model.hasEmbedding && { embeddingSize: tensors.get("embedding.weight")!.shape[1]! };
    const config = { vocabSize, kind: model.kind, hiddenSize, ...embedding };
    const language = new LanguageModel(config, { generator: xoshiro128(1) });
    expect(Object.keys(language.parameters).sort()).toEqual([...tensors.keys()].sort());
    for (const [name, tensor] of tensors) {
      tf.tidy(() => language.parameters[name]!.assign(tf.tensor(toFloat32(tensor), [...tensor.shape])));
    }

    const logits = tf.tidy(() => {
      const state = Object.entries(model.initialState ?? {}).map(
        ([name, { shape, values }]) => [name, tf.tensor2d(values, [shape[1]!, shape[2]!])] as const,
      );
      const begin = state.length > 0 ? [Object.fromEntries(state)] : language.zeroState(model.ids.length);
      return language.logits(tf.tensor2d(model.ids, undefined, "int32"), begin as never).logits.dataSync();
    });
    expectClose(logits, model.logits.values, { label: source });

    const parameters = Object.entries(language.parameters).map(([name, variable]): [string, SafetensorsTensor] => [
      name,
      { dtype: "F32", shape: variable.shape, data: variable.dataSync() as Float32Array },
    ]);
    expect(encodeSafetensors(new Map(parameters), { metadata })).toEqual(file);
    language.dispose();
  });

  it("are one of each kind", () => expect(new Set(models.map(({ kind }) => kind)).size).toBe(4));
});
