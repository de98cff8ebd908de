import { decodeSafetensors, toFloat32 } from "@rnnkit/interop";
import { NUM_GATES } from "@rnnkit/ops";
import { xoshiro128 } from "@rnnkit/random";
import { type TokenizerFromJSONOptions, vocabularyFromJSON } from "@rnnkit/text";
import * as tf from "@tensorflow/tfjs";
import { BUNDLE_FILES, BUNDLE_FORMAT, BUNDLE_VERSION, type Bundle } from "./bundle.ts";
import { checkLanguageModelConfig, type CompleteConfig, type LanguageModelConfig } from "./language-model-config.ts";
import { LanguageModel } from "./language-model.ts";
import type { SavedLanguageModel } from "./save-language-model.ts";

/**
 * Rebuilds what `saveLanguageModel` saved: the same parameters to the bit.
 *
 * @param bundle the contents of the files; borrowed.
 * @param options what the tokenizer needs that is not of `@rnnkit/text`.
 * @returns the model, which the caller owns and disposes, with its vocabulary and tokenizer.
 * @throws RangeError or TypeError when a file is missing, damaged or of another version, or the files do not belong
 *   together; the message names the file.
 */
export function loadLanguageModel(bundle: Bundle, options: TokenizerFromJSONOptions = {}): SavedLanguageModel {
  for (const name of BUNDLE_FILES) {
    if (!(bundle[name] instanceof Uint8Array))
      throw new TypeError(`loadLanguageModel: ${name} must be there, got none`);
  }
  const config = inFile("config.json", () => readConfig(decodeJSON(bundle["config.json"])));
  const { vocabulary, tokenizer } = inFile("vocabulary.json", () =>
    vocabularyFromJSON(decodeJSON(bundle["vocabulary.json"]), options),
  );
  if (vocabulary.size !== config.vocabSize) {
    throw new RangeError(
      `loadLanguageModel: vocabulary.json must hold the model's ${config.vocabSize} tokens, got ${vocabulary.size}`,
    );
  }
  const model = inFile("model.safetensors", () => readModel(config, bundle["model.safetensors"]));
  return { model, vocabulary, tokenizer };
}

function readConfig(json: unknown): CompleteConfig {
  const { format, version, model } = (json ?? {}) as Record<string, unknown>;
  if (format !== BUNDLE_FORMAT) throw new RangeError(`format must be ${BUNDLE_FORMAT}, got ${String(format)}`);
  if (version !== BUNDLE_VERSION) throw new RangeError(`version must be ${BUNDLE_VERSION}, got ${String(version)}`);
  if (typeof model !== "object" || model === null) throw new TypeError(`model must be an object, got ${String(model)}`);
  return checkLanguageModelConfig("model", model as LanguageModelConfig);
}

function readModel(config: CompleteConfig, bytes: Uint8Array): LanguageModel {
  const { tensors } = decodeSafetensors(bytes);
  // All shapes are checked before a model is made: a damaged config could ask for one that fills the memory.
  const count = 4 * config.numLayers + (config.embeddingSize ? 3 : 2);
  if (tensors.size !== count) {
    throw new RangeError(`it must hold the ${count} tensors of the model in config.json, got ${tensors.size}`);
  }
  for (const [name, shape] of parameterShapes(config)) {
    const found = tensors.get(name)?.shape.join(", ");
    if (found !== shape.join(", ")) {
      const got = found === undefined ? "none" : `[${found}]`;
      throw new RangeError(`${name} must have shape [${shape.join(", ")}], as config.json says, got ${got}`);
    }
  }
  const values = new Map([...tensors].map(([name, tensor]) => [name, toFloat32(tensor)]));
  for (const [name, numbers] of values) {
    if (!numbers.every(Number.isFinite)) throw new RangeError(`${name} must hold finite numbers`);
  }
  const model = new LanguageModel(config, { generator: xoshiro128(0) }); // all of its values are replaced
  for (const [name, variable] of Object.entries(model.parameters)) {
    tf.tidy(() => variable.assign(tf.tensor(values.get(name)!, variable.shape)));
  }
  return model;
}

function parameterShapes({
  vocabSize,
  kind,
  hiddenSize,
  numLayers,
  embeddingSize,
}: CompleteConfig): (readonly [name: string, shape: readonly number[]])[] {
  const rows = NUM_GATES[kind] * hiddenSize;
  return [
    ...(embeddingSize ? [["embedding.weight", [vocabSize, embeddingSize]] as const] : []),
    ...Array.from({ length: numLayers }, (_, layer) => {
      const inputSize = layer === 0 ? (embeddingSize ?? vocabSize) : hiddenSize;
      return [
        [`rnn.weight_ih_l${layer}`, [rows, inputSize]],
        [`rnn.weight_hh_l${layer}`, [rows, hiddenSize]],
        [`rnn.bias_ih_l${layer}`, [rows]],
        [`rnn.bias_hh_l${layer}`, [rows]],
      ] as const;
    }).flat(),
    ["output.weight", [vocabSize, hiddenSize]],
    ["output.bias", [vocabSize]],
  ];
}

function decodeJSON(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

/** Runs `read`, and says in what it throws which file it read. */
function inFile<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const Kind = error instanceof RangeError ? RangeError : TypeError;
    throw new Kind(`loadLanguageModel: ${name}: ${(error as Error).message}`, { cause: error });
  }
}
