import { useBackend, type BackendName } from "@rnnkit/backends";
import { loadModel } from "@rnnkit/models";
import type { Vocabulary } from "@rnnkit/text";
import * as tf from "@tensorflow/tfjs";
import { readBundle } from "../bundle-folder.ts";
import { continuePrompt, type GenerationSettings } from "../continue-prompt.ts";
import { printJSON } from "../print-json.ts";

interface GenerateOptions extends GenerationSettings {
  readonly backend?: BackendName;
  readonly json: boolean;
}

/** `rnnkit generate <folder> --prompt <text>` */
export async function generate(folder: string, { backend, json, ...settings }: GenerateOptions): Promise<void> {
  const bundle = await readBundle(folder);
  tf.enableProdMode(); // silences TensorFlow.js's notice about its cpu backend
  await useBackend(backend === undefined ? {} : { name: backend });
  const saved = loadModel("language-model", bundle);
  try {
    const { method, prompt } = settings;
    const { vocabulary, tokenizer } = saved.vocabularies.tokens;
    warnOfUnknown(tokenizer.encode(prompt), vocabulary);
    if (json) {
      printJSON({ event: "continuation", method, prompt, ...(await continuePrompt(saved, settings)) });
    } else {
      let isStarted = false;
      await continuePrompt(saved, settings, (piece) => {
        if (!isStarted) process.stdout.write(prompt);
        isStarted = true;
        process.stdout.write(piece);
      });
      process.stdout.write(isStarted ? "\n" : `${prompt}\n`);
    }
  } finally {
    saved.model.dispose();
  }
}

function warnOfUnknown(tokens: readonly string[], vocabulary: Vocabulary): void {
  const unknown = [...new Set(tokens)].filter((token) => !vocabulary.has(token));
  if (unknown.length > 0) {
    const list = unknown.map((token) => JSON.stringify(token)).join(", ");
    process.stderr.write(`rnnkit: the model does not know ${list} of the prompt, and reads <unk> instead\n`);
  }
}
