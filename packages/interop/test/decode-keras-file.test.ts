import { golden } from "@rnnkit/testing";
import { describe, expect, it } from "vitest";
import { decodeKerasFile } from "../src/index.ts";
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
      const byShape = (weights: readonly unknown[]) => JSON.stringify(weights);
      const read = layers.map(({ weights }) => weights.map(({ shape, data }) => ({ shape, data })));
      const expected = model.layers.map(weightsOf);
      if (ending === ".weights.h5") {
        expect(read.map(byShape).sort()).toEqual(expected.map(byShape).sort());
      } else {
        expect(read).toEqual(expected);
      }
      if (ending === ".keras" || (ending !== ".weights.h5" && config)) {
        expect(layers.map((layer) => [layer.name, layer.className])).toEqual(
          model.layers.map((layer) => [layer.name, layer.className]),
        );
        expect(layers.map((layer) => layer.config!["name"])).toEqual(model.layers.map((layer) => layer.name));
      }
      if (ending === ".h5") expect(layers.map((layer) => layer.name)).toEqual(model.layers.map((layer) => layer.name));
      expect(kerasVersion !== undefined).toBe(ending !== ".weights.h5");
    },
  );
});
