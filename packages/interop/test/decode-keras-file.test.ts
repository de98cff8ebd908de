import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { writeHdf5 } from "../src/keras-files/write-hdf5.ts";
import { decodeKerasFile, encodeKerasFile, type Weight } from "../src/index.ts";
import { zipSync } from "fflate";
import { unpack, weightsOf, type KerasCase } from "./keras-cases.ts";

const FORMATS: Readonly<Record<string, string>> = {
  ".keras": "keras",
  ".weights.h5": "weights.h5",
  ".h5": "h5",
  "-whole.h5": "h5",
};

describe.each(["keras-layers", "keras-2-layers"])("%s", (name) => {
  const { source, cases } = golden<readonly KerasCase[]>(import.meta.url, name);
  const files = cases.flatMap((model) =>
    Object.entries(model.files).map(([ending, file]) => ({ model, ending, file })),
  );

  it.each(files)(
    `decodeKerasFile reads what ${source} wrote: $model.name, $ending`,
    async ({ model, ending, file }) => {
      const { format, layers, config, kerasVersion } = await decodeKerasFile(unpack(file));
      expect(format).toBe(FORMATS[ending]);
      const isOrdered = ending !== ".weights.h5";
      const inOrder = (all: Weight[][]) => (isOrdered ? all : all.map((weights) => JSON.stringify(weights)).sort());
      const read = layers.map(({ weights }) => weights.map(({ shape, data }) => ({ shape, data })));
      expect(inOrder(read)).toEqual(inOrder(model.layers.map(weightsOf)));
      const hasConfig = ending === ".keras" || (isOrdered && config !== undefined);
      expect(layers.map((layer) => [isOrdered && layer.name, layer.className, layer.config?.["name"]])).toEqual(
        model.layers.map((layer) => [
          isOrdered && layer.name,
          hasConfig ? layer.className : undefined,
          hasConfig ? layer.name : undefined,
        ]),
      );
      expect(kerasVersion !== undefined).toBe(ending !== ".weights.h5");
    },
  );
});

const weight = (...shape: number[]): Weight => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i + 1),
});

it("decodeKerasFile reads names that Keras has cut into several attributes", async () => {
  const bytes = await writeHdf5("test", (hdf5) => {
    hdf5.strings("", "layer_names0", ["b"]);
    hdf5.strings("", "layer_names1", ["a"]);
    for (const name of ["a", "b"]) {
      hdf5.strings(name, "weight_names0", ["kernel:0"]);
      hdf5.strings(name, "weight_names1", ["bias:0"]);
      hdf5.dataset(`${name}/kernel:0`, weight(2, 1));
      hdf5.dataset(`${name}/bias:0`, weight(1));
    }
  });
  const { layers } = await decodeKerasFile(bytes);
  expect(layers.map(({ name, weights }) => [name, ...weights.map(({ shape }) => shape)])).toEqual([
    ["b", [2, 1], [1]],
    ["a", [2, 1], [1]],
  ]);
});

it("decodeKerasFile reads models in models, subclassed models, stacked cells and scalars, in the order of their numbers", async () => {
  const paths = [
    "layers/functional/layers/dense_10/vars/0",
    "layers/functional/layers/dense_2/vars/0",
    "encoder/vars/0",
    "layers/rnn/cell/cells/lstm_cell/vars/1",
    "layers/rnn/cell/cells/lstm_cell/vars/0",
    "optimizer/vars/0",
  ];
  const bytes = await writeHdf5("test", (hdf5) => {
    for (const [i, path] of paths.entries()) hdf5.dataset(path, { shape: [], data: Float32Array.of(i) });
  });
  const { layers } = await decodeKerasFile(bytes);
  expect(layers.map(({ name, weights }) => [name, ...weights.map(({ data }) => data[0])])).toEqual([
    ["encoder", 2],
    ["dense_2", 1],
    ["dense_10", 0],
    ["lstm_cell", 4, 3],
  ]);
});

describe("decodeKerasFile refuses", () => {
  const config = new TextEncoder().encode("{}");
  const h5 = encodeKerasFile({
    format: "weights.h5",
    layers: [{ name: "a", className: "Dense", weights: [weight(2, 2)] }],
  });
  const archive = async (changes: Record<string, Uint8Array> = {}, level: 0 | 9 = 0) =>
    zipSync({ "config.json": config, "model.weights.h5": await h5, ...changes }, { level });
  const patched = (bytes: Uint8Array, place: number, ...values: number[]) => {
    const copy = bytes.slice();
    copy.set(values, place < 0 ? copy.length + place : place);
    return copy;
  };
  const le32 = (value: number) => [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);
  const directoryStart = (bytes: Uint8Array) => new DataView(bytes.buffer).getUint32(bytes.length - 6, true);

  it("nothing of an archive that is stored or deflated", async () => {
    for (const level of [0, 9] as const) {
      const { layers } = await decodeKerasFile(await archive({}, level));
      expect(layers[0]!.weights[0]!.data).toEqual(weight(2, 2).data);
    }
  });

  it.each([
    ["an empty file", async () => new Uint8Array(0), 'bytes must begin as a zip archive or an HDF5 file, got ""'],
    [
      "another file",
      async () => Uint8Array.of(1, 2, 3),
      'bytes must begin as a zip archive or an HDF5 file, got "010203"',
    ],
    ["HDF5 cut short", async () => (await h5).subarray(0, 900), "bytes must be an HDF5 file that its library can read"],
    [
      "a zip cut short",
      async () => (await archive()).subarray(0, -1),
      "the zip archive must end with its directory, got",
    ],
    [
      "a zip with more behind it",
      async () => Uint8Array.of(...(await archive()), 0),
      "the zip archive must end with its directory",
    ],
    [
      "a zip of several disks",
      async () => patched(await archive(), -18, 1),
      "the zip archive must be in one part, with 32-bit sizes",
    ],
    [
      "a directory elsewhere",
      async () => patched(await archive(), -6, 0, 0, 0, 0),
      "the zip directory must fill the bytes before its end",
    ],
    [
      "more entries than there are",
      async () => patched(await archive(), -12, 9),
      'the zip directory must hold its entries, got "2 of 9"',
    ],
    [
      "fewer entries than there are",
      async () => patched(await archive(), -12, 1),
      "the zip directory must hold nothing but its entries",
    ],
    [
      "an entry without its signature",
      async () => {
        const bytes = await archive();
        return patched(bytes, directoryStart(bytes), 0);
      },
      "zip entries must begin with their signature",
    ],
    [
      "encryption",
      async () => {
        const bytes = await archive();
        return patched(bytes, directoryStart(bytes) + 8, 1);
      },
      '"config.json" of the zip archive must be stored or deflated, got "encryption"',
    ],
    [
      "another compression",
      async () => {
        const bytes = await archive();
        return patched(bytes, directoryStart(bytes) + 10, 14);
      },
      '"config.json" of the zip archive must be stored or deflated, got 14',
    ],
    [
      "a size that deflate cannot give",
      async () => {
        const bytes = await archive({}, 9);
        return patched(bytes, directoryStart(bytes) + 24, ...le32(0x7fffffff));
      },
      '"config.json" of the zip archive must have a size that its data can give, got 2147483647',
    ],
    [
      "a wrong size",
      async () => {
        const bytes = await archive({}, 9);
        return patched(bytes, directoryStart(bytes) + 24, 3);
      },
      '"config.json" of the zip archive must have the size and CRC of its directory',
    ],
    [
      "a wrong CRC",
      async () => {
        const bytes = await archive();
        return patched(bytes, directoryStart(bytes) + 16, 0, 0, 0, 0);
      },
      '"config.json" of the zip archive must have the size and CRC of its directory',
    ],
    [
      "an entry that points at another",
      async () => {
        const bytes = await archive();
        const second = directoryStart(bytes) + 46 + "config.json".length;
        return patched(bytes, second + 42, 0, 0, 0, 0);
      },
      '"model.weights.h5" of the zip archive must overlap no other file, got 0',
    ],
    [
      "an entry that points nowhere",
      async () => {
        const bytes = await archive();
        return patched(bytes, directoryStart(bytes) + 42, 1);
      },
      '"config.json" of the zip archive must have a header of its own, got "none"',
    ],
    [
      "a name twice",
      async () => {
        const bytes = await archive({ "config.jsoo": config });
        const name = Buffer.from(bytes).lastIndexOf("config.jsoo");
        return patched(bytes, name + 10, 110);
      },
      'the zip archive must have each name once, got "config.json"',
    ],
    [
      "no config",
      async () => zipSync({ "model.weights.h5": await h5 }),
      "the zip archive must hold config.json, got none",
    ],
    [
      "no weights",
      async () => zipSync({ "config.json": config }),
      "the zip archive must hold model.weights.h5, got none",
    ],
    [
      "a config that is no JSON",
      () => archive({ "config.json": Uint8Array.of(123) }),
      "config.json must be JSON, got other text",
    ],
    [
      "a config that is no object",
      () => archive({ "config.json": new TextEncoder().encode("[1]") }),
      "config.json must be a JSON object, got [1]",
    ],
    [
      "weights that are no HDF5",
      () => archive({ "model.weights.h5": Uint8Array.of(1) }),
      "bytes must be an HDF5 file that its library can read, got a damaged one",
    ],
    [
      "a layer without a group",
      () => writeHdf5("test", (hdf5) => hdf5.strings("", "layer_names", ["a"])),
      'the layer "a" must have a group, got none',
    ],
    [
      "a weight without a dataset",
      () =>
        writeHdf5("test", (hdf5) => {
          hdf5.strings("", "layer_names", ["a"]);
          hdf5.strings("a", "weight_names", ["a/kernel:0"]);
        }),
      'the weight "a/kernel:0" must have a dataset, got none',
    ],
  ])("%s", async (_, make, message) => {
    const bytes = await make();
    await expect(decodeKerasFile(bytes)).rejects.toThrow(`decodeKerasFile: ${message}`);
    await expect(decodeKerasFile(bytes)).rejects.toBeInstanceOf(RangeError);
  });

  it("what is no Uint8Array", async () => {
    await expect(decodeKerasFile("x" as never)).rejects.toThrow(
      new TypeError('decodeKerasFile: bytes must be a Uint8Array, got "x"'),
    );
  });
});
