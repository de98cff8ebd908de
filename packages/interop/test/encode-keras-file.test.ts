import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { decodeKerasFile, encodeKerasFile, type KerasFile, type KerasLayer, type Weight } from "../src/index.ts";
import { unpack, weightsOf, type KerasCase } from "./keras-cases.ts";

const values = ({ layers }: KerasFile) =>
  layers.map(({ weights }) => weights.map(({ shape, data }) => ({ shape, data })));

describe.each(["keras-layers", "keras-2-layers"])("%s", (name) => {
  const { cases } = golden<readonly KerasCase[]>(import.meta.url, name);
  const files = cases.flatMap((model) =>
    Object.entries(model.files).map(([ending, file]) => ({ model, ending, file })),
  );

  it.each(files)("decodeKerasFile(encodeKerasFile(file)) is the file: $model.name, $ending", async ({ file }) => {
    const decoded = await decodeKerasFile(unpack(file));
    const again = await decodeKerasFile(await encodeKerasFile(decoded));
    // The older layout names its weights anew.
    const comparable = (whole: KerasFile) => ({
      ...whole,
      layers: whole.layers.map((layer) => ({ ...layer, weights: whole.format === "h5" ? [] : layer.weights })),
    });
    expect(values(again)).toEqual(values(decoded));
    expect(comparable(again)).toEqual(comparable(decoded));
  });

  it.each(cases)("encodeKerasFile puts new layers where Keras looks for them: $name", async (model) => {
    const layers = model.layers.map((layer): KerasLayer => ({ ...layer, weights: weightsOf(layer) }));
    const original = await decodeKerasFile(unpack(model.files[".keras"]!));
    const paths = (whole: KerasFile) =>
      whole.layers.flatMap(({ weights }) => weights.map(({ path }) => path!)).sort((a, b) => a.localeCompare(b));
    for (const format of ["weights.h5", "h5", "keras"] as const) {
      const file = { format, layers, ...(format === "keras" && { config: original.config! }) };
      const written = await decodeKerasFile(await encodeKerasFile(file));
      const inOrder = (whole: Pick<KerasFile, "layers">) =>
        whole.layers
          .map(({ name: layerName, weights }) => ({
            layerName,
            weights: weights.map(({ shape, data }) => [shape, data]),
          }))
          .sort((left, right) => (left.layerName < right.layerName ? -1 : 1));
      expect(inOrder(written)).toEqual(inOrder({ layers }));
      expect(format === "h5" || paths(written).join() === paths(original).join()).toBe(true);
    }
  });
});

const weight: Weight = { shape: [1, 2], data: Float32Array.of(1, 2) };
const dense: KerasLayer = { name: "dense", className: "Dense", weights: [weight] };

it("encodeKerasFile keeps float64, and numbers the layers of a class", async () => {
  const wide = { shape: [1], data: Float64Array.of(0.1) };
  const layers = [dense, { ...dense, name: "second", weights: [weight, wide] }];
  const read = await decodeKerasFile(await encodeKerasFile({ format: "weights.h5", layers }));
  expect(read.layers).toEqual([
    { name: "dense", weights: [{ ...weight, path: "/layers/dense/vars/0" }] },
    {
      name: "second",
      weights: [
        { ...weight, path: "/layers/dense_1/vars/0" },
        { ...wide, path: "/layers/dense_1/vars/1" },
      ],
    },
  ]);
});

it.each(["h5", "weights.h5"] as const)("encodeKerasFile passes over layers without weights: %s", async (format) => {
  const dropout: KerasLayer = { name: "dropout", className: "Dropout", weights: [] };
  const read = await decodeKerasFile(
    await encodeKerasFile({ format, layers: [dropout, { name: "flatten", weights: [] }, dense] }),
  );
  expect(read.layers.map(({ name }) => name)).toEqual(["dense"]);
});

it("encodeKerasFile refuses more layers than an attribute of the older layout can name", async () => {
  const layers = Array.from({ length: 4001 }, (_, i) => ({ ...dense, name: `dense_${i}` }));
  await expect(encodeKerasFile({ format: "h5", layers })).rejects.toThrow(
    new RangeError("encodeKerasFile: layers must be at most 4000 in the older HDF5 layout, got 4001"),
  );
});

describe("encodeKerasFile refuses", () => {
  it.each([
    [{ format: "h5", layers: [] }, "layers must hold weights, got none"],
    [{ format: "h5", layers: [{ name: "dropout", weights: [] }] }, "layers must hold weights, got none"],
    [{ format: "pickle", layers: [dense] }, 'format must be keras, weights.h5 or h5, got "pickle"'],
    [{ format: "keras", layers: [dense] }, "config must be there for a .keras file, got none"],
    [{ format: "h5", layers: [dense, dense] }, 'layers must have different names, got "dense" twice'],
    [{ format: "weights.h5", layers: [{ name: "a", weights: [weight] }] }, 'layer "a" must have a className, got none'],
    [
      { format: "h5", layers: [{ ...dense, name: "a/b" }] },
      'layers must have names that can stand in a path, got "a/b"',
    ],
    [{ format: "h5", layers: [{ ...dense, name: ".." }] }, 'layers must have names that can stand in a path, got ".."'],
    [
      { format: "weights.h5", layers: [{ ...dense, className: "Bidirectional" }] },
      'layer "dense" must have weights for two directions, got 1',
    ],
    [
      { format: "weights.h5", layers: [0, 1].map(() => ({ name: "a", weights: [{ ...weight, path: "/a/vars/0" }] })) },
      "layers must have weights in different places, got a/vars/0 twice",
    ],
    [
      { format: "h5", layers: [{ ...dense, weights: [{ shape: [3], data: new Float32Array(2) }] }] },
      'weight 0 of layer "dense" must have data of 3 elements for its shape, got 2',
    ],
  ])("%o", async (file, message) => {
    await expect(encodeKerasFile(file as KerasFile)).rejects.toThrow(new RangeError(`encodeKerasFile: ${message}`));
  });
});
