// Reads the files of verify.py from a folder and writes back what @rnnkit/interop, as it is built, makes of them.
// Run by that script: node tools/interop/convert.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import {
  decodeKerasFile,
  decodeSafetensors,
  embeddingFromKeras,
  embeddingToKeras,
  encodeKerasFile,
  encodeOnnx,
  encodeSafetensors,
  fileSource,
  linearFromKeras,
  linearToKeras,
  modulesFromStateDict,
  modulesToStateDict,
  networkFromKeras,
  networkToKeras,
  openSafetensors,
  tensorsFromWeights,
  weightsFromTensors,
} from "../../packages/interop/dist/index.js";

const folder = process.argv[2] ?? ".";
const read = (/** @type {string} */ name) => new Uint8Array(readFileSync(join(folder, name)));
const write = (/** @type {string} */ name, /** @type {Uint8Array} */ bytes) => writeFileSync(join(folder, name), bytes);
const metadata = { format: "pt" };

for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
  const { task, pooling, kinds, weights } = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const stem = name.slice(0, -".json".length);
  if (kinds) await convertStateDict(stem, { task, pooling, kinds });
  else await convertKeras(stem, weights);
}

/**
 * Through memory and tensor by tensor from the file, through modules and back; and the model as ONNX.
 *
 * @param {string} stem
 * @param {{ task: "language-model" | "tagger" | "classifier", pooling?: "last" | "mean" | "max", kinds: Record<string, any> }} model
 */
async function convertStateDict(stem, { task, pooling, kinds }) {
  const { tensors } = decodeSafetensors(read(`${stem}.safetensors`));
  const modules = modulesFromStateDict(weightsFromTensors(tensors), kinds);
  const { embedding, rnn: recurrent, output } = /** @type {any} */ (modules);
  const stateDict = modulesToStateDict(modules);
  write(`${stem}.back.safetensors`, encodeSafetensors(tensorsFromWeights(stateDict), { metadata }));
  write(`${stem}.half.safetensors`, encodeSafetensors(tensorsFromWeights(stateDict, { dtype: "F16" }), { metadata }));
  write(`${stem}.onnx`, encodeOnnx({ embedding, recurrent, output }, { task, ...(pooling && { pooling }) }));

  const file = await open(join(folder, `${stem}.safetensors`));
  const reader = await openSafetensors(await fileSource(file));
  /** @type {Map<string, import("../../packages/interop/dist/index.js").SafetensorsTensor>} */
  const parts = new Map();
  for (const name of reader.tensors.keys()) parts.set(name, await reader.read(name));
  await file.close();
  write(`${stem}.lazy.safetensors`, encodeSafetensors(parts, { metadata: reader.metadata }));
}

/**
 * Through networks and back, into each format, written anew and over what was read.
 *
 * @param {string} stem
 * @param {{ kind: any, endings: string[] }} model
 */
async function convertKeras(stem, { kind, endings }) {
  const decoded = await decodeKerasFile(read(`${stem}.keras`));
  const [first, ...rest] = decoded.layers;
  const last = rest.pop();
  const stack = networkToKeras(
    networkFromKeras(
      kind,
      rest.map(({ weights }) => weights),
    ),
  );
  const weights = [
    embeddingToKeras(embeddingFromKeras(first?.weights ?? [])),
    ...stack,
    linearToKeras(linearFromKeras(last?.weights ?? [])),
  ];
  const layers = decoded.layers.map((layer, i) => ({ ...layer, weights: weights[i] ?? [] }));
  write(`${stem}.new.keras`, await encodeKerasFile({ ...decoded, layers }));
  write(`${stem}.new.weights.h5`, await encodeKerasFile({ format: "weights.h5", layers }));
  write(`${stem}.new.h5`, await encodeKerasFile({ format: "h5", layers }));
  for (const ending of endings) {
    write(`${stem}.back${ending}`, await encodeKerasFile(await decodeKerasFile(read(stem + ending))));
  }
}
