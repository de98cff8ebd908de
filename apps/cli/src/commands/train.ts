import { saveModel } from "@rnnkit/models";
import { checkBundleFolder, writeBundle } from "../bundle-folder.ts";
import { listenForInterruption } from "../interruption.ts";
import { createTextPrinter } from "../print-text.ts";
import { printJSON } from "../print-json.ts";
import { readTextFile } from "../read-text-file.ts";
import { selfCommand } from "../self-command.ts";
import { trainLanguageModel, type TrainingSettings } from "../train-language-model.ts";

interface TrainOptions extends TrainingSettings {
  readonly out: string;
  readonly json: boolean;
}

/** `rnnkit train <file>` */
export async function trainCommand(file: string, { out, json, ...settings }: TrainOptions): Promise<void> {
  const startMs = performance.now();
  const emit = json ? printJSON : createTextPrinter();
  await checkBundleFolder(out);
  const text = await readTextFile(file);
  const { signal, stop } = listenForInterruption();
  const { model, corpus } = await trainLanguageModel({ text, source: file, settings, emit, signal });
  await writeBundle(out, await saveModel({ model, vocabularies: { tokens: corpus } }));
  model.dispose();
  stop();
  emit({ event: "saved", folder: out, elapsedMs: performance.now() - startMs });
  if (!json) process.stdout.write(`next: ${selfCommand()} generate ${out} --prompt "..."\n`);
  if (signal.aborted) process.exitCode = 130;
}
