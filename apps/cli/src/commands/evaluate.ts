import { useBackend, type BackendName } from "@rnnkit/backends";
import { bitsPerToken, perplexity } from "@rnnkit/metrics";
import { loadModel } from "@rnnkit/models";
import { scoringBatches } from "@rnnkit/samplers";
import { evaluate } from "@rnnkit/training";
import * as tf from "@tensorflow/tfjs";
import { readBundle } from "../bundle-folder.ts";
import { createTextPrinter } from "../print-text.ts";
import { printJSON } from "../print-json.ts";
import { readTextFile } from "../read-text-file.ts";
import { scoringShape } from "../scoring-shape.ts";

interface EvaluateOptions {
  readonly backend?: BackendName;
  readonly json: boolean;
}

/** `rnnkit evaluate <folder> <file>` */
export async function evaluateCommand(
  folder: string,
  file: string,
  { backend: name, json }: EvaluateOptions,
): Promise<void> {
  const emit = json ? printJSON : createTextPrinter();
  const bundle = await readBundle(folder);
  const text = await readTextFile(file);
  tf.enableProdMode(); // silences TensorFlow.js's notice about its cpu backend
  const backend = await useBackend(name === undefined ? {} : { name });
  const { model, vocabularies } = loadModel("language-model", bundle);
  const { vocabulary, tokenizer } = vocabularies.tokens;
  try {
    const ids = vocabulary.encode(tokenizer.encode(text));
    if (ids.length < 2)
      throw new Error(`${file} is too short: it must hold at least 2 ${tokenizer.name}, got ${ids.length}`);
    const statistics = await evaluate({
      batches: scoringBatches(ids, scoringShape(ids.length)),
      loss: model.loss,
    });
    emit({
      event: "evaluation",
      perplexity: perplexity(statistics),
      bitsPerToken: bitsPerToken(statistics),
      count: statistics.count,
      numUnknown: ids.subarray(1).filter((id) => id === vocabulary.unknownId).length,
      uniformPerplexity: vocabulary.size,
      backend,
    });
  } finally {
    model.dispose();
  }
}
